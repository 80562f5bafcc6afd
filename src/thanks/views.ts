import type { Answer } from '../answers/queries.ts'
import type { Page } from '../plugins/views.ts'
import { canThank } from './policy.ts'

export type ShownThanks = { count: number; canThank: boolean; hasThanked: boolean }

declare module '../plugins/views.ts' {
  interface Views {
    'thanks/_thanks': { answer: { id: number; thanks: ShownThanks } }
    /** How often an expert was thanked. */
    'thanks/_tally': { thanksCount: number }
  }
}

export const shownThanks = ({ viewer }: Page, answer: Answer, thanked: Set<number>): ShownThanks => ({
  count: answer.thanksCount,
  canThank: canThank(viewer, answer),
  hasThanked: thanked.has(answer.id),
})
