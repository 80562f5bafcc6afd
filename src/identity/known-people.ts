import { wordSets } from './lists.ts'
import { firstWithTitles, type Group, isIntroduced, isNext, isOwning, isTitle, wordsAround } from './surroundings.ts'
import type { Word } from './words.ts'

const sets = wordSets('known.yaml', [
  'works',
  'ways',
  'products',
  'following',
  'networks',
  'making',
  'made',
  'famous',
  'likening',
])
const MEETING = /^(?:call|calls|consult|consultation|consultations|appointment|appointments|clinic)$/

/** Whether what is said around a name tells of somebody known for a book, a video or an invention, not of somebody here. */
export const isKnownPerson = (words: Word[], group: Group) =>
  !isIntroduced(words, group) &&
  (hasWork(words, group) ||
    isFollowed(words, group) ||
    isAuthor(words, group) ||
    isOnNetwork(words, group) ||
    isMaker(words, group) ||
    isCalledFamous(words, group) ||
    isLikeness(words, group))

const MOST_WORDS_TO_WORK = 4

/** "Eric Goodman's twelve minute video", "Dr Teal's lavender" */
function hasWork(words: Word[], group: Group) {
  if (!isOwning(words, group)) return false
  const owned = wordsAround(words, group.last + 1, 1, MOST_WORDS_TO_WORK + 1)
  const at = owned.findIndex(({ bare }) => sets.works.has(bare))
  if (at >= 0 && at < MOST_WORDS_TO_WORK && !MEETING.test(owned[at + 1]?.bare ?? '')) return true
  const isTitled = isTitle(words[group.first - 1])
  const [next] = owned
  if (isTitled) return next !== undefined && sets.products.has(next.bare)
  return group.last > group.first && owned.slice(0, 2).some(({ bare }) => sets.ways.has(bare))
}

/** "I follow Eric Goodman", "listened to Stacy Sims" */
function isFollowed(words: Word[], group: Group) {
  if (group.last === group.first || isTitle(words[group.first - 1])) return false
  const before = wordsAround(words, group.first - 1, -1, 2)
  const at = before.findIndex(({ bare }) => sets.following.has(bare))
  const isPlain = isNext(words[group.first]) && (at < 1 || before[0]!.cue === 'to-word')
  return at >= 0 && isPlain
}

const FURTHEST = 10

/** "Healing Back Pain by John Sarno", where somebody reads it */
function isAuthor(words: Word[], group: Group) {
  const start = firstWithTitles(words, group)
  if (words[start - 1]?.bare !== 'by' || !isNext(words[start])) return false
  const before = wordsAround(words, start - 2, -1, FURTHEST)
  return before.some(({ bare }, at) => sets.works.has(bare) || (at > 0 && sets.following.has(bare)))
}

const SELF = /^(?:me|my|i|im|i'm|us)$/

function isOnNetwork(words: Word[], group: Group) {
  const after = wordsAround(words, group.last + 1, 1, 4)
  const at = after.findIndex(({ bare }) => bare === 'on' || bare === 'from')
  return (
    at >= 0 &&
    after.slice(at + 1, at + 3).some(({ bare }) => sets.networks.has(bare)) &&
    !wordsAround(words, group.first - 1, -1, 3).some(({ bare }) => SELF.test(bare))
  )
}

const WHICH = /^(?:one|ones|that|which|thing|things|method|machine|exercise|exercises|stuff|what)$/

/** "which Eric Goodman invented", "the one Louie Simmons came up with" */
function isMaker(words: Word[], group: Group) {
  const [next] = wordsAround(words, group.last + 1, 1, 1)
  if (!next || words[group.last]!.clitic) return false
  if (sets.making.has(next.bare)) return true
  const before = words[firstWithTitles(words, group) - 1]?.bare ?? ''
  return sets.made.has(next.bare) && group.last > group.first && WHICH.test(before)
}

/** "the novelist Hilary Mantel" */
function isCalledFamous(words: Word[], { first }: Group) {
  const before = words[first - 1]
  return (
    before !== undefined &&
    sets.famous.has(before.bare) &&
    isNext(words[first]) &&
    !wordsAround(words, first - 2, -1, 3).some(({ bare }) => SELF.test(bare))
  )
}

/** "walking like John Wayne." */
function isLikeness(words: Word[], { first, last }: Group) {
  if (words[last + 1]?.gap === ' ') return false
  const [like, verb] = wordsAround(words, first - 1, -1, 2)
  return like?.bare === 'like' && verb !== undefined && sets.likening.has(verb.bare)
}
