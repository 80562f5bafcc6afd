const SHORTEST = 5
const LONG = 8
const LONGEST = 18

/**
 * Finds the key word that was meant. Words are compared by what is left of them without one letter, or two of a long
 * word, so the time depends on a word's length alone and not on how many key words there are.
 */
export function createSpelling(keyWords: Iterable<string>, correct: ReadonlySet<string>): (word: string) => string {
  const byRest = new Map<string, string>()
  const keys = new Set([...keyWords].filter((word) => word.length >= SHORTEST && word.length <= LONGEST))
  for (const key of keys) for (const rest of restsOf(key)) if (!byRest.has(rest)) byRest.set(rest, key)

  return (word) => {
    if (word.length < SHORTEST || word.length > LONGEST || keys.has(word) || correct.has(word)) return word
    for (const rest of restsOf(word)) {
      const key = byRest.get(rest)
      if (key && isNear(word, key)) return key
    }
    return word
  }
}

/** The word, and what is left of it without any one letter; of a long word without any two. */
function restsOf(word: string) {
  const once = withoutOne(word)
  return word.length < LONG ? [word, ...once] : [word, ...once, ...once.flatMap(withoutOne)]
}

const withoutOne = (word: string) => Array.from(word, (_, index) => word.slice(0, index) + word.slice(index + 1))

const isNear = (word: string, key: string) =>
  word[0] === key[0] && distance(word, key) <= (Math.min(word.length, key.length) < LONG ? 1 : 2)

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
