import { compareTexts, type Difference } from '../lib/differences.ts'
import type { Crumb, Page, Views } from '../plugins/views.ts'
import { CONSENTS, type ConsentKind, KINDS, type Words } from './texts.ts'
import { boxOf, wordsOf } from './views.ts'
import type { listBeginnings, Version, Wordings, YesCount } from './wording-queries.ts'
import { joined, split, type Wording } from './wordings.ts'

type Listed = Words & {
  title: string
  path: string
  version: number
  isNeeded: boolean
  isOwn: boolean
  /** None: nobody has said yes to it yet, and it is as it came. */
  since?: Date
  standing: number
  /** Who said yes to older words, and has not been asked again. */
  older: number
}

type Past = {
  version: number
  isOwn: boolean
  writerName: string | null
  createdAt: Date
  given: number
  standing: number
  difference: Difference[]
}

declare module '../plugins/views.ts' {
  interface Views {
    'consents/wordings': { consents: Listed[]; crumbs: Crumb[] }
    'consents/wording': {
      title: string
      path: string
      basis: string
      values: Record<string, string>
      errors?: Record<string, string>
      /** As askers will see it, and what became of the present words. */
      preview?: { box: Views['consents/_box']; difference: Difference[] }
      isOvertaken: boolean
      isOwn: boolean
      /** The words that come with the program, where others hold. */
      original?: Words
      /** They have changed since an administrator wrote these. */
      isStale: boolean
      standing: number
      versions: Past[]
      crumbs: Crumb[]
    }
    'consents/_versions': Pick<Views['consents/wording'], 'versions'>
  }
}

const pathOf = (kind: ConsentKind) => `/admin/consents/${kind}`

const crumbs = (t: Page['t']): Crumb[] => [
  { name: t('Administration'), path: '/admin' },
  { name: t('Consents'), path: '/admin/consents' },
]

type Kept = { beginnings: Awaited<ReturnType<typeof listBeginnings>>; yeses: YesCount[] }

export function wordingList(page: Page, present: Wordings, { beginnings, yeses }: Kept) {
  const listed = KINDS.map((kind): Listed => {
    const { version, isOwn } = present[kind]
    const ofKind = yeses.filter((one) => one.kind === kind)
    return {
      ...wordsOf(page, present[kind]),
      title: page.t(CONSENTS[kind].title),
      path: pathOf(kind),
      version,
      isNeeded: CONSENTS[kind].isNeeded,
      isOwn,
      since: beginnings.find((one) => one.kind === kind && one.version === version)?.createdAt,
      standing: sumOf(ofKind.filter((one) => one.version === version)),
      older: sumOf(ofKind.filter((one) => one.version < version)),
    }
  })
  return { consents: listed, crumbs: crumbs(page.t) }
}

const sumOf = (yeses: YesCount[]) => yeses.reduce((sum, { standing }) => sum + standing, 0)

/** One line beside the box; below it as many as it takes, but no blank ones: those part the two where they are kept. */
export const wordsOfForm = ({ text, meaning }: Words): Words => ({
  text: text.replace(/\s+/g, ' ').trim(),
  meaning: meaning.trim().replace(/\s*\n\s*/g, '\n'),
})

export type Editing = {
  values?: Record<string, string>
  errors?: Record<string, string>
  isPreview?: boolean
  isOvertaken?: boolean
}

type About = { versions: Version[]; yeses: YesCount[]; editing: Editing }

export function wordingPage(
  page: Page,
  present: Wording,
  { versions, yeses, editing }: About,
): Views['consents/wording'] {
  const { t } = page
  const { kind, version, isOwn } = present
  const title = t(CONSENTS[kind].title)
  const words = wordsOf(page, present)
  const values = { ...words, ...editing.values }
  return {
    title,
    path: pathOf(kind),
    basis: String(version),
    values,
    errors: editing.errors,
    preview: editing.isPreview ? previewOf(page, present, wordsOfForm(values)) : undefined,
    isOvertaken: editing.isOvertaken ?? false,
    isOwn,
    ...originalOf(page, present, versions),
    standing: sumOf(yeses),
    versions: versions.map((one, index) => pastOf(page, one, { before: versions[index + 1], yeses })),
    crumbs: [...crumbs(t), { name: title }],
  }
}

const previewOf = (page: Page, present: Wording, words: Words) => ({
  box: boxOf(page, { ...present, ...words, isOwn: true, isRenewed: false }),
  difference: compareTexts(joined(wordsOf(page, present)), joined(words)),
})

function originalOf(page: Page, { kind, isOwn }: Wording, [last]: Version[]) {
  const { wordings } = CONSENTS[kind]
  const original = isOwn ? wordsOf(page, { ...wordings.at(-1)!, isOwn: false }) : undefined
  return { original, isStale: isOwn && (last?.writtenAfter ?? 0) < wordings.length }
}

type Beside = { before: Version | undefined; yeses: YesCount[] }

function pastOf(page: Page, one: Version, { before, yeses }: Beside): Past {
  const read = ({ text, writtenAfter }: Version) =>
    joined(wordsOf(page, { ...split(text), isOwn: writtenAfter !== null }))
  const { given = 0, standing = 0 } = yeses.find(({ version }) => version === one.version) ?? {}
  return {
    version: one.version,
    isOwn: one.writtenAfter !== null,
    writerName: one.writerName,
    createdAt: one.createdAt,
    given,
    standing,
    difference: compareTexts(before ? read(before) : read(one), read(one)),
  }
}
