import { actionWords } from '../audit/views.ts'
import type { Reader } from '../database/types.ts'
import { escapeHtml } from '../lib/messages.ts'
import type { Page } from '../plugins/views.ts'
import { findAnswered, findCategoryName, findName, findTitle } from './named-queries.ts'
import type { Field, Kind, Reading } from './reading-kinds.ts'

type Row = Record<string, unknown>
type Telling = {
  db: Reader
  page: Page
  accountId: number
  /** What each red flag is called. */
  flags: Map<string, string>
}
type Told = { label: string; valueHtml: string; isHeading: boolean }

/** Puts rows into words for whoever they are about, without a number that means something to programs alone. */
export function createTeller(telling: Telling) {
  const { t } = telling.page
  const named = createNames(telling)

  const words: Record<Kind, (value: unknown) => unknown> = {
    words: (value) => value,
    text: (value) => value,
    day: (value) => telling.page.formatDate(new Date(value as string | Date)),
    moment: (value) => telling.page.formatMoment(value as Date),
    yes: (value) => (value ? t('Yes') : t('No')),
    category: named.category,
    question: named.question,
    answer: named.answer,
    expert: named.expert,
    draft: async (value) => Object.values(await draftWords(value as Row)).join('\n\n'),
    flag: (value) => telling.flags.get(value as string) ?? value,
    action: (value) => actionWords(t, value as string, t('You')),
  }

  const draftWords = async ({ title, body, reason, note, category }: Row) =>
    [category && (await named.category(category)), title, body, reason, note].filter(Boolean)

  async function tell(row: Row, [column, label, kind = 'words']: Field): Promise<Told | undefined> {
    const value = row[column]
    const isNone = value === null || value === undefined || value === '' || value === 0
    if (typeof kind === 'object') {
      const called = kind[isNone ? '' : String(value)] ?? (isNone ? '' : String(value))
      return called ? { label: t(label), valueHtml: html(t(called)), isHeading: true } : undefined
    }
    if (isNone) return undefined
    const isHeading = kind !== 'text' && kind !== 'draft'
    return { label: t(label), valueHtml: html(String(await words[kind](value))), isHeading }
  }

  return async function tellRow({ fields }: Reading, row: Row) {
    const told = (await Promise.all(fields.map((field) => tell(row, field)))).filter((one) => one !== undefined)
    const [first, ...rest] = told
    if (!first) return ''
    const heading = first.isHeading ? `<h3 dir="auto"><small>${html(first.label)}</small> ${first.valueHtml}</h3>` : ''
    const facts = (first.isHeading ? rest : told).map(factHtml).join('')
    return `<article>${heading}${facts && `<dl>${facts}</dl>`}</article>\n`
  }
}

const html = (text: string) => escapeHtml(text).replaceAll('\n', '<br>')

const factHtml = ({ label, valueHtml }: Told) =>
  `<div><dt>${escapeHtml(label)}</dt><dd dir="auto">${valueHtml}</dd></div>`

/** What numbers stand for, each looked up once. */
function createNames({ db, page, accountId }: Telling) {
  const { t } = page
  const GONE = { gone: t('A question that is gone'), closed: t('A question that not everybody may read') }
  const question = remembered(async (id: number) => {
    const found = await findTitle(db, id, accountId)
    return typeof found === 'string' ? GONE[found] : found.title
  })
  return {
    question,
    category: remembered(
      async (key: number | string) => (await findCategoryName(db, key)) ?? t('A category that is gone'),
    ),
    expert: remembered(async (id: number) => (await findName(db, id)) ?? t('An expert who has left')),
    answer: remembered(async (id: number) => {
      const answered = await findAnswered(db, id)
      if (!answered) return GONE.gone
      return t('{title} (answered by {name})', {
        title: await question(answered.questionId),
        name: answered.expertName,
      })
    }),
  }
}

function remembered<Key>(find: (key: Key) => Promise<string>) {
  const known = new Map<Key, Promise<string>>()
  return (key: unknown) => {
    const found = known.get(key as Key) ?? find(key as Key)
    known.set(key as Key, found)
    return found
  }
}
