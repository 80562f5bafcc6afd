/**
 * `node run.js scripts/learn-safety.ts`: learns from the texts in tests/safety how far words speak for each red flag,
 * and writes seed/safety/weights.json. With `--try` it writes nothing and leaves each set out in turn, learns from the
 * others and says how well that one is read: what to expect of texts that nobody learnt from.
 */
import { writeFileSync } from 'node:fs'
import process from 'node:process'
import { originalRules } from '../src/safety/rule-files.ts'
import { matcherOf } from '../src/safety/rules.ts'
import type { Weights } from '../src/safety/weights.ts'
import { type Example, fitLogistic } from './learning/logistic.ts'
import { scoreSafety, tried } from './learning/safety-score.ts'
import { type Labelled, readSets } from './learning/safety-texts.ts'
import { listedMistakes, shownScore, shownShare } from './learning/score.ts'
import { leftOut } from './learning/sets.ts'

const HARMLESS = 'harmless'
const STRENGTH = 1
/** A sign of fewer texts says more of those texts than of others. */
const FEWEST_TEXTS = 3
const SMALLEST_WEIGHT = 5

type Known = Labelled & { signs: string[] }

const rules = originalRules()
const matcher = matcherOf(rules)
const sets = new Map([...readSets()].map(([name, texts]) => [name, texts.map(understood)]))

function understood(labelled: Labelled): Known {
  return { ...labelled, signs: matcher.signs(labelled.text) }
}

function learn(texts: Known[]): Weights {
  const flags = [...new Set(texts.flatMap(({ flag }) => flag ?? []))].sort()
  const classes = [...flags, HARMLESS]
  const signs = signsOf(texts)
  const numbers = new Map(signs.map((sign, number) => [sign, number]))
  const examples = texts.map(
    (known): Example => ({
      signs: known.signs.flatMap((sign) => numbers.get(sign) ?? []),
      target: classes.indexOf(known.flag ?? HARMLESS),
    }),
  )
  const fitted = fitLogistic(examples, { signs: signs.length, classes: classes.length }, STRENGTH)
  const rows = fitted.map((row) => flags.map((_, at) => hundredths(row[at]! - row[flags.length]!)))
  const heard = signs.map((sign, at) => [sign, rows[at]!] as const).filter(([, row]) => row.some(Boolean))
  return { flags, base: rows.at(-1)!, signs: Object.fromEntries(heard) }
}

function signsOf(texts: Known[]) {
  const counts = new Map<string, number>()
  for (const sign of texts.flatMap(({ signs }) => signs)) counts.set(sign, (counts.get(sign) ?? 0) + 1)
  return [...counts].flatMap(([sign, count]) => (count >= FEWEST_TEXTS ? sign : [])).sort()
}

function hundredths(weight: number) {
  const rounded = Math.round(weight * 100)
  return Math.abs(rounded) < SMALLEST_WEIGHT ? 0 : rounded
}

function save({ signs, ...rest }: Weights) {
  const lines = Object.entries(signs).map(([sign, row]) => `${JSON.stringify(sign)}: ${JSON.stringify(row)}`)
  const [flags, base] = [JSON.stringify(rest.flags), JSON.stringify(rest.base)]
  const file = new URL('../seed/safety/weights.json', import.meta.url)
  writeFileSync(file, `{"flags": ${flags},\n"base": ${base},\n"signs": {\n${lines.join(',\n')}\n}}\n`)
}

function tryAll() {
  const results = leftOut(sets).map(({ name, texts, others }) => {
    const result = tried(texts, matcherOf({ ...rules, weights: learn(others) }))
    const score = report(name, result)
    if (process.argv.includes('--misses')) console.log(listedMistakes(score))
    return result
  })
  report('all together', results.flat())
}

function report(name: string, results: ReturnType<typeof tried>) {
  const score = scoreSafety(results)
  console.log(`${name.padEnd(14)} ${shownScore(score)}  the right flag ${shownShare(score.rightFlag)}`)
  return score
}

if (process.argv.includes('--try')) tryAll()
else save(learn([...sets.values()].flat()))
