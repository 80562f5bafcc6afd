import process from 'node:process'
import { type Labelled, readTexts } from '../../scripts/learning/safety-texts.ts'
import type { Matcher } from '../../src/safety/matcher.ts'
import { originalRules } from '../../src/safety/rule-files.ts'
import { matcherOf } from '../../src/safety/rules.ts'

const LONG = 5_000
const LONG_TEXTS = 200

const [file] = process.argv.slice(2)
if (!file) {
  console.error('Which file? npm run bench:safety -- FILE.jsonl, with lines such as {"text": "…", "urgent": true}')
  process.exit(2)
}

const texts = readTexts(file)
const matcher = matcherOf(originalRules())
const results = texts.map((labelled) => ({ ...labelled, found: matcher.check(labelled.text) }))

const urgent = results.filter((result) => result.urgent)
const harmless = results.filter((result) => !result.urgent)
const missed = urgent.filter(({ found }) => found.length === 0)
const alarmed = harmless.filter(({ found }) => found.length > 0)

for (const { text } of missed) console.log(`missed       ${text}\n`)
for (const { text, found } of alarmed) console.log(`false alarm  ${text}\n             ${rulesIn(found)}\n`)
console.log(`texts        ${results.length}: ${urgent.length} urgent, ${harmless.length} not`)
console.log(`recall       ${share(urgent.length - missed.length, urgent.length)}`)
console.log(`false alarms ${share(alarmed.length, harmless.length)}`)
console.log(`a check      ${timesOf(matcher, texts)}`)
console.log(`${LONG} letters ${timesOf(matcher, longTexts(texts))}`)

function rulesIn(found: ReturnType<Matcher['check']>) {
  return found.map(({ flag, pattern = 'all its words together' }) => `${flag}: ${pattern}`).join('; ')
}

function share(part: number, all: number) {
  return all === 0 ? 'none to tell from' : `${(part / all).toFixed(3)} (${part} of ${all})`
}

/** The texts behind each other, cut where they are as long as a long question. */
function longTexts(all: Labelled[]): Labelled[] {
  return Array.from({ length: LONG_TEXTS }, (_, index) => {
    let text = ''
    for (let at = index; text.length < LONG; at++) text += `${all[at % all.length]!.text} `
    return { text: text.slice(0, LONG), urgent: false }
  })
}

function timesOf({ check }: Matcher, all: Labelled[]) {
  for (const { text } of all) check(text) // what runs often is compiled
  const times = all.map(({ text }) => timeOf(() => check(text))).sort((a, b) => a - b)
  const at = (quantile: number) => times[Math.floor((times.length - 1) * quantile)]!.toFixed(2)
  return `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`
}

function timeOf(work: () => unknown) {
  const start = performance.now()
  work()
  return performance.now() - start
}
