const SHORTEST = 5
const LONG = 8
const LONGEST = 18

type KeyWord = { word: string; letters: number }

/**
 * Finds the key word that was meant. Few are compared: those that begin with the same letter, are about as long, and
 * have nearly the same letters.
 */
export function createSpelling(keyWords: Iterable<string>, correct: ReadonlySet<string>): (word: string) => string {
  const keys = new Set([...keyWords].filter((word) => word.length >= SHORTEST && word.length <= LONGEST))
  const shelves = Map.groupBy([...keys].map(keyOf), ({ word }) => shelfOf(word, word.length))

  return (word) => {
    if (word.length < SHORTEST || word.length > LONGEST || keys.has(word) || correct.has(word)) return word
    const key = keyOf(word)
    const most = word.length < LONG ? 1 : 2
    for (let length = word.length - most; length <= word.length + most; length++)
      for (const other of shelves.get(shelfOf(word, length)) ?? []) if (isNear(key, other)) return other.word
    return word
  }
}

const shelfOf = (word: string, length: number) => word[0]! + length

/** @param word in small letters: which of a to z it has is kept in the bits of a number */
const keyOf = (word: string): KeyWord => ({
  word,
  letters: Array.from(word).reduce((bits, letter) => bits | (1 << (letter.charCodeAt(0) - 97)), 0),
})

/** One letter wrong, two in long words. */
function isNear(a: KeyWord, b: KeyWord) {
  const most = Math.min(a.word.length, b.word.length) < LONG ? 1 : 2
  return countBits(a.letters ^ b.letters) <= 2 * most && distance(a.word, b.word) <= most
}

function countBits(bits: number) {
  let count = 0
  for (let left = bits; left !== 0; left &= left - 1) count++
  return count
}

/** Letters to change, leave out, put in or swap with the next. */
function distance(a: string, b: string) {
  let [before, last] = [[] as number[], Array.from({ length: b.length + 1 }, (_, index) => index)]
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1]
      let least = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (isSame ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, before[j - 2]! + 1)
      row.push(least)
    }
    ;[before, last] = [last, row]
  }
  return last[b.length]!
}
