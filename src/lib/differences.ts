import { diffWordsWithSpace } from 'diff'

export type Difference = { kind: 'same' | 'added' | 'removed'; text: string }

/** Word by word. */
export function compareTexts(before: string, after: string): Difference[] {
  return diffWordsWithSpace(before, after).map(({ added, removed, value }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    text: value,
  }))
}
