import { diffLines, diffWordsWithSpace } from 'diff'

export type Difference = { kind: 'same' | 'added' | 'removed'; text: string }

/** Beyond so many changes a text is another text: shown whole rather than compared for seconds. */
const MOST_CHANGES = 300

/** What became of a text, word by word; joined without the removed it is `after`, without the added `before`. */
export function compareTexts(before: string, after: string): Difference[] {
  const bounds = { maxEditLength: MOST_CHANGES }
  const changes = diffWordsWithSpace(before, after, bounds) ?? diffLines(before, after, bounds)
  if (!changes) return replaced(before, after)
  return changes.map(({ added, removed, value }) => ({ kind: kindOf(added, removed), text: value }))
}

const kindOf = (isAdded: boolean, isRemoved: boolean) => (isAdded ? 'added' : isRemoved ? 'removed' : 'same')

const replaced = (before: string, after: string): Difference[] => [
  { kind: 'removed', text: before },
  { kind: 'added', text: after },
]
