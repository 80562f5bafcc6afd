import { readFileSync } from 'node:fs'

/** What the lines of a file say, each of which is JSON. */
export const readLines = <Line>(file: string): Line[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim())
    .map((line) => JSON.parse(line))

/** Each set of texts in turn, beside the texts of all the others. */
export const leftOut = <Text>(sets: ReadonlyMap<string, Text[]>) =>
  [...sets].map(([name, texts]) => ({
    name,
    texts,
    others: [...sets].flatMap(([other, known]) => (other === name ? [] : known)),
  }))
