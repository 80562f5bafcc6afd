import { performance } from 'node:perf_hooks'
import process from 'node:process'
import { listedMistakes, type Score, shownScore } from '../scripts/learning/score.ts'

const LONG = 5_000
const LONG_TEXTS = 200

type Check = (text: string) => unknown

/** The file that was named to whoever started this, or else how to name one. */
export function fileOfTexts(usage: string) {
  const [file] = process.argv.slice(2)
  if (file) return file
  console.error(usage)
  process.exit(2)
}

/** How well a check tells texts apart, and how long it takes. */
export function printCheck(score: Score, check: Check, texts: string[]) {
  if (score.mistakes.length > 0) console.log(listedMistakes(score))
  console.log(`${texts.length} texts: ${shownScore(score)}`)
  console.log(`a check: ${timesOf(check, texts)}; of ${LONG} letters: ${timesOf(check, longTexts(texts))}`)
}

/** The texts behind each other, cut where they are as long as a long question. */
const longTexts = (texts: string[]) =>
  Array.from({ length: LONG_TEXTS }, (_, index) => {
    let text = ''
    for (let at = index; text.length < LONG; at++) text += `${texts[at % texts.length]} `
    return text.slice(0, LONG)
  })

function timesOf(check: Check, texts: string[]) {
  for (const text of texts) check(text) // what runs often is compiled
  const times = texts.map((text) => timeOf(() => check(text))).sort((a, b) => a - b)
  const at = (quantile: number) => times[Math.floor((times.length - 1) * quantile)]!.toFixed(2)
  return `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`
}

function timeOf(work: () => unknown) {
  const start = performance.now()
  work()
  return performance.now() - start
}
