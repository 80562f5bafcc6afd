import { consentFields } from '../consents/views.ts'
import type { DraftFields } from './queries.ts'

const KEPT = [
  ...['category', 'title', 'body', 'ageBand', 'duration', 'tried', 'imaging', 'shownAs', 'considered', 'basis'],
  ...['stance', 'reason', 'note', 'correction', 'seen', 'publishIn', 'warned', 'audience', 'expert'],
  ...consentFields,
]
/** Beyond what any form takes. */
const LONGEST = 60_000

export const draftFields = (typed: Record<string, string>): DraftFields =>
  Object.fromEntries(
    Object.entries(typed)
      .filter(([name]) => KEPT.includes(name))
      .map(([name, text]) => [name, text.slice(0, LONGEST)]),
  )
