import { readFileSync } from 'node:fs'

/** What the lines of a file say, each of which is JSON. */
export const readJsonLines = <Line>(file: string): Line[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim())
    .map((line) => JSON.parse(line))
