/** How what is kept is told to people: each column that means something to them, with its words. The rest is in data.json. */
export type Kind =
  | 'words'
  /** Paragraphs of somebody's own. */
  | 'text'
  | 'day'
  | 'moment'
  | 'yes'
  | 'category'
  /** The title of a question. */
  | 'question'
  /** The question that an answer answers. */
  | 'answer'
  | 'expert'
  | 'draft'
  | 'flag'
  | 'action'

/** A record: what the values of a column are called; `''` stands for none. */
export type Field = [column: string, label: string, kind?: Kind | Record<string, string>]

export type Reading = {
  fields: Field[]
  /** Columns that say nothing to people: numbers of rows, what the program reckons with. */
  rest?: string[]
  /** What has to be known to read it. */
  note?: string
}
