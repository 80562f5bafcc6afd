import { bare } from './lexicon.ts'
import { readList } from './lists.ts'
import type { Group } from './surroundings.ts'
import type { Word } from './words.ts'

const people = new Set(
  readList('public-people.txt')
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .flatMap((line) => line.split(','))
    .map((name) => bare(name.trim()))
    .filter(Boolean),
)

/** "Harley Street", "Robert Jones Hospital" */
const OF_PLACE = new Set('street road avenue hospital infirmary clinic station airport university stadium'.split(' '))

const INTRODUCING = /^(?:self|self-is|name-word|called|relation|closing|writing|sound|filed)$/

/** Whether a name is that of somebody everybody knows, unless it is said to be somebody here. */
export function isPublicPerson(words: Word[], { first, last }: Group) {
  if (INTRODUCING.test(words[first - 1]?.cue ?? '')) return false
  if (OF_PLACE.has(words[last]!.bare) && last > first) return true
  const title = words[first - 1]?.bare
  const named = words.slice(first, last + 1).map((word) => word.bare)
  return (
    people.has(named.join(' ')) ||
    people.has(named.slice(0, 2).join(' ')) ||
    people.has(named.slice(-2).join(' ')) ||
    people.has([title, ...named].join(' ')) ||
    (named.length === 1 && (people.has(`${named[0]} ${words[last + 1]?.bare}`) || people.has(`${title} ${named[0]}`)))
  )
}
