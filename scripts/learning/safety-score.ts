import type { Finding } from '../../src/safety/flags.ts'
import type { Matcher } from '../../src/safety/matcher.ts'
import type { Labelled } from './safety-texts.ts'
import type { Score, Share } from './score.ts'

type Tried = Labelled & { found: Finding[] }

export const tried = (texts: Labelled[], { check }: Matcher): Tried[] =>
  texts.map((labelled) => ({ ...labelled, found: check(labelled.text) }))

const isFlagged = ({ found }: Tried) => found.length > 0

/** Recall: urgent texts with any flag. False alarms: the others with one. */
export function scoreSafety(results: Tried[]): Score & { rightFlag: Share } {
  const urgent = results.filter((one) => one.urgent)
  const flagged = urgent.filter(isFlagged)
  const right = flagged.filter(({ flag, found }) => found.some((finding) => finding.flag === flag))
  const missed = urgent.filter((one) => !isFlagged(one))
  const harmless = results.filter((one) => !one.urgent)
  const alarmed = harmless.filter(isFlagged)
  return {
    recall: { part: flagged.length, all: urgent.length },
    falseAlarms: { part: alarmed.length, all: harmless.length },
    rightFlag: { part: right.length, all: flagged.length },
    mistakes: [
      ...missed.map(({ flag = 'what is urgent', text }) => `missed ${flag}: ${text}`),
      ...alarmed.map(({ found, text }) => `false alarm ${found.map(reasonOf).join('; ')}: ${text}`),
    ],
  }
}

const reasonOf = ({ flag, pattern = 'all its words together' }: Finding) => `${flag} (${pattern})`
