import { globSync } from 'node:fs'
import { basename, join } from 'node:path'
import { readJsonLines } from '../json-lines.ts'

const FOLDER = join(import.meta.dirname, '../../tests/safety')

export type Labelled = {
  text: string
  urgent: boolean
  /** Of what is urgent, the flag that fits best. */
  flag?: string
}

/** The texts with what they are, by the name of their file. */
export const readSets = (): Map<string, Labelled[]> =>
  new Map(
    globSync(join(FOLDER, '*.jsonl'))
      .sort()
      .map((file) => [basename(file, '.jsonl'), readTexts(file)]),
  )

export const readTexts = (file: string) => readJsonLines<Labelled>(file)
