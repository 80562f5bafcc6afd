import type { Page } from '../plugins/views.ts'
import type { Asked, Consent, Read } from './queries.ts'
import { CONSENTS, type ConsentKind, KINDS, type Words } from './texts.ts'
import type { Wordings } from './wording-queries.ts'
import { split, type Wording } from './wordings.ts'

type Box = Words & {
  name: string
  value: string
  isChecked: boolean
  isRenewed: boolean
  /** A field that says that it was shown. */
  shown: string
  error?: string
}

type Shown = Words & {
  kind: ConsentKind
  title: string
  withdrawal: string
  version: number
  givenAt?: Date
  /** Other words than they read, which hold for those who agree from now on. */
  renewed?: Words
}

type Past = Words & { title: string; version: number; givenAt: Date; withdrawnAt: Date | null }

/** Taken back, while questions that rest on it stand. */
type Undecided = { title: string; path: string }

declare module '../plugins/views.ts' {
  interface Views {
    'consents/_asked': { needed: Box[]; free: Box[] }
    'consents/_box': Box
    'consents/ask': {
      boxes: Box[]
      action: string
      /** What was typed. */
      carried: { name: string; value: string }[]
      /** They have seen this page, and ticked nothing. */
      isAgain: boolean
      canChange: boolean
      backPath?: string
      /** Whoever wrote it may be in danger. */
      help?: Views['safety/_numbers']
    }
    'consents/list': { consents: Shown[]; past: Past[]; undecided: Undecided[] }
    'consents/withdrawn': { withdrawn: string; questionCount: number }
  }
}

/** Sent by a form that showed the box of a consent: where that is not ticked, it is not given. */
const shownField = (kind: ConsentKind) => `shown-${kind}`

/** Of the box for one consent; what it sends is the version that was read. */
const fieldOf = (kind: ConsentKind) => `consent-${kind}`

/** Of a form's boxes those that are ticked, each with the version that was read. */
const readIn = (values: Record<string, string>): Read =>
  Object.fromEntries(
    KINDS.map((kind) => [kind, values[fieldOf(kind)] ?? ''])
      .filter(([, version]) => VERSION.test(version!))
      .map(([kind, version]) => [kind, Number(version)]),
  )

/** Says that the page that asks was shown. */
const ASKED = 'asked'
const VERSION = /^[1-9]\d{0,5}$/

/** To be given as they were read. */
export function givenIn(values: Record<string, string>) {
  const read = readIn(values)
  return { kinds: KINDS.filter((kind) => kind in read), read }
}

export const consentFields = KINDS.map(fieldOf)

/** What a draft needs, as it was read; the rest is given with the question. */
export function leaveToKeep(values: Record<string, string>) {
  const { kinds, read } = givenIn(values)
  return { kinds: kinds.filter((kind) => kind === 'health-data'), read }
}

/** The box was shown, and is not ticked (any more). */
export const isCleared = (values: Record<string, string>, kind: ConsentKind) =>
  shownField(kind) in values && !(kind in readIn(values))

/** In the language of the page; what an administrator wrote is in theirs. */
export const wordsOf = ({ t }: Pick<Page, 't'>, { text, meaning, isOwn }: Words & Pick<Wording, 'isOwn'>): Words =>
  isOwn ? { text, meaning } : { text: t(text), meaning: t(meaning) }

type Typed = { values: Record<string, string>; errors?: Record<string, string> }

/** The boxes of a form, none ticked by us. */
export function askedConsents(page: Page, asked: Asked[], { values, errors }: Typed) {
  const boxes = asked.map((wording) => ({ isNeeded: CONSENTS[wording.kind].isNeeded, ...boxOf(page, wording, values) }))
  const shown = boxes.map((box) => ({ ...box, error: errors?.[box.name] }))
  return { needed: shown.filter(({ isNeeded }) => isNeeded), free: shown.filter(({ isNeeded }) => !isNeeded) }
}

export const boxOf = (page: Page, wording: Asked, values: Record<string, string> = {}): Box => ({
  ...wordsOf(page, wording),
  name: fieldOf(wording.kind),
  value: String(wording.version),
  isChecked: isTicked(wording, values),
  isRenewed: wording.isRenewed,
  shown: shownField(wording.kind),
})

const isTicked = ({ kind, version }: Wording, values: Record<string, string>) =>
  values[fieldOf(kind)] === String(version)

/** What is needed and not ticked, by field. */
export function missingConsents({ t }: Page, asked: Asked[], values: Record<string, string>) {
  const missing = asked.filter((wording) => CONSENTS[wording.kind].isNeeded && !isTicked(wording, values))
  return Object.fromEntries(
    missing.map(({ kind }) => [fieldOf(kind), t('Without this we may not take what you write.')]),
  )
}

const NOT_CARRIED = ['action', ASKED, ...consentFields]

type Unasked = Typed & { action: string; backPath?: string; canChange?: boolean }

/** A page of its own that asks for what was taken back, before what was typed is stored. */
export function askPage(page: Page, missing: Asked[], { values, errors, action, ...place }: Unasked) {
  const isAgain = values[ASKED] !== undefined
  return {
    boxes: missing.map((wording) => ({
      ...boxOf(page, wording, values),
      error: isAgain ? errors?.[fieldOf(wording.kind)] : undefined,
    })),
    action,
    carried: Object.entries(values)
      .filter(([name]) => !NOT_CARRIED.includes(name))
      .map(([name, value]) => ({ name, value })),
    isAgain,
    canChange: place.canChange ?? false,
    backPath: place.backPath,
  }
}

type Kept = { rows: Consent[]; questionCount: number }

export function consentList(page: Page, { rows, questionCount }: Kept, wordings: Wordings) {
  const { t } = page
  const standing = (kind: ConsentKind) => rows.findLast((row) => row.kind === kind && row.withdrawnAt === null)
  const isTakenBack = (kind: ConsentKind) =>
    CONSENTS[kind].isNeeded && !standing(kind) && rows.some((row) => row.kind === kind)
  return {
    undecided: questionCount === 0 ? [] : KINDS.filter(isTakenBack).map((kind) => undecided(page, kind)),
    consents: KINDS.map((kind) => shown(page, wordings[kind], standing(kind))),
    past: rows.map((row): Past => {
      const { kind, version, givenAt, withdrawnAt } = row
      return { title: t(CONSENTS[kind].title), version, givenAt, withdrawnAt, ...readWords(page, row) }
    }),
  }
}

const undecided = ({ t }: Page, kind: ConsentKind): Undecided => ({
  title: t(CONSENTS[kind].title),
  path: `/account/consents/${kind}/withdrawn`,
})

/** As they read it, where they have said yes. */
function shown(page: Page, present: Wording, standing: Consent | undefined): Shown {
  const { title, withdrawal } = CONSENTS[present.kind]
  const isOlder = standing !== undefined && standing.version < present.version
  return {
    kind: present.kind,
    title: page.t(title),
    withdrawal: page.t(withdrawal),
    version: present.version,
    givenAt: standing?.givenAt,
    renewed: isOlder ? wordsOf(page, present) : undefined,
    ...(isOlder ? readWords(page, standing) : wordsOf(page, present)),
  }
}

const readWords = (page: Page, { text, writtenAfter }: Consent) =>
  wordsOf(page, { ...split(text ?? ''), isOwn: writtenAfter !== null })
