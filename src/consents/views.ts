import type { Page } from '../plugins/views.ts'
import type { Consent } from './queries.ts'
import { CONSENTS, type ConsentKind, KINDS, versionOf, wordingOf } from './texts.ts'

type Asked = { name: string; value: string; text: string; meaning: string; isChecked: boolean; error?: string }

type Shown = {
  kind: ConsentKind
  title: string
  text: string
  meaning: string
  withdrawal: string
  givenAt?: Date
}

type Past = { title: string; text: string; givenAt: Date; withdrawnAt: Date | null }

declare module '../plugins/views.ts' {
  interface Views {
    'consents/_asked': { needed: Asked[]; free: Asked[] }
    'consents/_box': Asked
    'consents/list': { consents: Shown[]; past: Past[] }
    'consents/withdrawn': { withdrawn: string; questionCount: number }
  }
}

/** Of the box for one consent; what it sends is the version that was read. */
export const fieldOf = (kind: ConsentKind) => `consent-${kind}`

/** What of a form's boxes is ticked, in the wording that holds now. */
export const consentsIn = (values: Record<string, string>) =>
  KINDS.filter((kind) => values[fieldOf(kind)] === String(versionOf(kind)))

export const consentFields = KINDS.map(fieldOf)

type Typed = { values: Record<string, string>; errors?: Record<string, string> }

/** The boxes of a form, none ticked by us. */
export function askedConsents({ t }: Page, kinds: ConsentKind[], { values, errors }: Typed) {
  const ticked = consentsIn(values)
  const boxes = kinds.map((kind) => {
    const { text, meaning } = wordingOf(kind)!
    return {
      isNeeded: CONSENTS[kind].isNeeded,
      name: fieldOf(kind),
      value: String(versionOf(kind)),
      text: t(text),
      meaning: t(meaning),
      isChecked: ticked.includes(kind),
      error: errors?.[fieldOf(kind)],
    }
  })
  return { needed: boxes.filter(({ isNeeded }) => isNeeded), free: boxes.filter(({ isNeeded }) => !isNeeded) }
}

/** What is needed and not ticked, by field. */
export function missingConsents({ t }: Page, kinds: ConsentKind[], values: Record<string, string>) {
  const ticked = consentsIn(values)
  const missing = kinds.filter((kind) => CONSENTS[kind].isNeeded && !ticked.includes(kind))
  return Object.fromEntries(missing.map((kind) => [fieldOf(kind), t('Without this we may not take your question.')]))
}

export function consentList({ t }: Page, rows: Consent[]) {
  const standing = (kind: ConsentKind) =>
    rows.find((row) => row.kind === kind && row.withdrawnAt === null && row.version === versionOf(kind))
  return {
    consents: KINDS.map((kind): Shown => {
      const { title, withdrawal } = CONSENTS[kind]
      const { text, meaning } = wordingOf(kind)!
      return {
        kind,
        title: t(title),
        text: t(text),
        meaning: t(meaning),
        withdrawal: t(withdrawal),
        givenAt: standing(kind)?.givenAt,
      }
    }),
    past: rows.map(({ kind, text, givenAt, withdrawnAt }) => ({
      title: t(CONSENTS[kind].title),
      text: text?.split('\n')[0] ?? '',
      givenAt,
      withdrawnAt,
    })),
  }
}
