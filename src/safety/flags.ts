import type { ContextName } from './contexts.ts'
import type { Mention, Terms } from './lexicon.ts'
import type { ConceptKind } from './reading.ts'
import type { Words } from './words.ts'

export type Concept = Terms & {
  is: ConceptKind
  /** Patterns that say the same as its words do. */
  from?: string[]
}
export type Flag = {
  key: string
  /** Patterns: any of them fires. */
  when: string[]
  /** Patterns that rule it out. */
  unless?: string[]
  /** What may be so and it still counts. */
  counts?: ContextName[]
  /** Raised only where no other flag is. */
  isGeneral?: boolean
  /** Raised whatever the rest of the text says. */
  isFirm?: boolean
}

export type Place = { start: number; end: number }
/** A flag, what raised it (no pattern: the words at `places` together), and where. */
export type Finding = { flag: string; pattern?: string; places: Place[] }
/** A flag whose patterns a text meets. */
export type Raised = Finding & Pick<Flag, 'isGeneral' | 'isFirm'>

export const placeOf = (words: Words, { from, to }: Mention) => ({ start: words.start[from]!, end: words.end[to]! })
