/**
 * `node run.js scripts/learn-safety.ts`: learns from the texts in tests/safety how far words speak for each red flag,
 * and writes seed/safety/weights.json. With `--try` it writes nothing and leaves each set out in turn, learns from the
 * others and says how well that one is read: what to expect of texts that nobody learnt from.
 */
import { writeFileSync } from 'node:fs'
import process from 'node:process'
import type { Matcher } from '../src/safety/matcher.ts'
import { originalRules } from '../src/safety/rule-files.ts'
import { matcherOf } from '../src/safety/rules.ts'
import type { Weights } from '../src/safety/weights.ts'
import { type Example, fitLogistic } from './learning/logistic.ts'
import { type Labelled, readSets } from './learning/safety-texts.ts'

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
  const results = [...sets].map(([name, texts]) => {
    const others = [...sets].flatMap(([other, known]) => (other === name ? [] : known))
    const result = tried(matcherOf({ ...rules, weights: learn(others) }), texts)
    report(name, result)
    if (process.argv.includes('--misses')) for (const one of result.filter(isWrong)) console.log(missOf(one))
    return result
  })
  report('all together', results.flat())
}

type Tried = Labelled & { found: string[] }

function tried({ check }: Matcher, texts: Known[]): Tried[] {
  return texts.map((known) => ({ ...known, found: check(known.text).map(({ flag }) => flag) }))
}

const isWrong = ({ urgent, found }: Tried) => urgent !== found.length > 0

const missOf = ({ text, flag, found }: Tried) => `  ${flag ? `missed ${flag}` : `false alarm ${found}`}: ${text}`

function report(name: string, results: Tried[]) {
  const urgent = results.filter((one) => one.urgent)
  const found = urgent.filter((one) => one.found.length > 0)
  const right = found.filter((one) => one.found.includes(one.flag!))
  const harmless = results.filter((one) => !one.urgent)
  const alarmed = harmless.filter((one) => one.found.length > 0)
  const share = (part: unknown[], all: unknown[]) => (part.length / Math.max(all.length, 1)).toFixed(3)
  console.log(
    `${name.padEnd(14)} recall ${share(found, urgent)}  false alarms ${share(alarmed, harmless)}  the right flag ${share(right, found)}`,
  )
}

if (process.argv.includes('--try')) tryAll()
else save(learn([...sets.values()].flat()))
