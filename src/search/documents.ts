/** Something that can be found, whatever feature it belongs to. */
export type SearchDocument = {
  kind: 'question' | 'category' | 'expert' | 'guide' | 'practice'
  id: number
  title: string
  body: string
  /** Left out: the answers that are there stay. */
  answer?: string
  categoryId?: number | null
  isAnswered?: boolean
  createdAt: Date
}

export type Kind = SearchDocument['kind']
