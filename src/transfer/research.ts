import { findWordings } from '../consents/wording-queries.ts'
import type { Reader } from '../database/types.ts'
import { blurred, type Texts } from '../identity/blurring.ts'
import { type Allowed, listAdded, listAllowed, listAllowedAnswers } from './research-queries.ts'

const AT_ONCE = 100

type Written = { questionId: number; body: string }

/** One line of JSON for each question, without names, numbers, pseudonyms and days; page by page, however many there are. */
export async function* researchLines(db: Reader) {
  const { version } = (await findWordings(db)).research
  for (let after = 0; ; ) {
    const asked = await listAllowed(db, { version, after, limit: AT_ONCE })
    if (asked.length === 0) return
    const ids = asked.map(({ question }) => question.id)
    const [added, answered] = await Promise.all([listAdded(db, ids), listAllowedAnswers(db, ids, version)])
    for (const one of asked) {
      const said = { version, added: ofQuestion(one, added), answered: ofQuestion(one, answered) }
      yield `${JSON.stringify(lineOf(one, said))}\n`
    }
    after = ids.at(-1)!
  }
}

const ofQuestion = <T extends Written>({ question }: Allowed, rows: T[]) =>
  rows.filter(({ questionId }) => questionId === question.id)

type Said = { version: number; added: Written[]; answered: Answered[] }
type Answered = Written & { profession: string; name: string }

function lineOf({ question, category, askerName }: Allowed, { version, added, answered }: Said) {
  const { title, body, tried, imaging, ageBand, duration, createdAt } = question
  const names = [askerName, ...answered.map(({ name }) => name)]
  const scrub = (texts: Texts) => blurred(texts, ['all'], (kind) => `[${kind}]`, names)
  const scrubAll = (written: Written[]) => Object.values(scrub(byPlace(written)))
  const answers = scrubAll(answered)
  return {
    consent: `research ${version}`,
    category,
    month: createdAt.toISOString().slice(0, 7),
    ageBand,
    duration,
    ...scrub({ title, body, ...(tried ? { tried } : {}), ...(imaging ? { imaging } : {}) }),
    added: scrubAll(added),
    answers: answered.map(({ profession }, index) => ({ profession, body: answers[index] })),
  }
}

const byPlace = (written: Written[]) => Object.fromEntries(written.map(({ body }, index) => [`text${index}`, body]))
