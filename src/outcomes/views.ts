import { outcomes } from '../database/schema.ts'
import type { Page } from '../plugins/views.ts'
import type { Outcome } from './queries.ts'
import type { OutcomeSum } from './sums.ts'

declare module '../plugins/views.ts' {
  interface Views {
    'outcomes/form': {
      token: string
      choices: { value: string; label: string; isChosen: boolean }[]
      error?: string
      week: number
    }
    'outcomes/told': { questionPath: string; isWorse: boolean }
    'outcomes/stop': { token: string }
    'outcomes/stopped': { isForGood: boolean }
    'outcomes/dead-link': { reason: 'used' | 'expired' }
    'outcomes/_sum': { outcomeSentence: string }
    'outcomes/_setting': { isAskingStopped: boolean }
  }
}

export const outcomeWords = (t: Page['t']): Record<Outcome, string> => ({
  'much-better': t('Much better'),
  better: t('A little better'),
  same: t('The same'),
  worse: t('Worse'),
})

type Chosen = { token: string; week: number; chosen?: string; error?: string }

export function outcomeForm({ t }: Page, { token, week, chosen, error }: Chosen) {
  const words = outcomeWords(t)
  const choices = outcomes.map((value) => ({ value, label: words[value], isChosen: value === chosen }))
  return { token, choices, error, week }
}

export const categoryOutcome = ({ t }: Page, sum: OutcomeSum | undefined, category: string) =>
  sum &&
  t('{category}: {better} of {total} people who told us felt better {week} weeks after an answer', { category, ...sum })

export const expertOutcome = ({ t }: Page, sum: OutcomeSum | undefined) =>
  sum && t('{better} of {total} people who told us felt better {week} weeks after an answer', sum)
