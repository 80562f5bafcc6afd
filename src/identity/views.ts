import type { FastifyRequest } from 'fastify'
import type { Page, Views } from '../plugins/views.ts'
import { blurred, type FieldFind, findInFields, seenOf, type Texts, tickedIn, unseenFinds } from './blurring.ts'
import type { Kind } from './finder.ts'

type Segment = { text: string; find?: { id: string; word: string } }

declare module '../plugins/views.ts' {
  interface Views {
    'identity/show': {
      /** Where it posts to. */
      action: string
      /** All that was typed, carried on. */
      carried: { name: string; value: string }[]
      parts: { label: string; segments: Segment[] }[]
      finds: { id: string; text: string; what: string; word: string }[]
      /** How to get there without posting. */
      backPath?: string
    }
    'identity/_part': { label: string; segments: Segment[] }
    'identity/_marked': { segments: Segment[] }
  }
}

const KINDS: Record<Kind, { what: string; word: string }> = {
  name: { what: 'A name', word: '[name]' },
  doctor: { what: 'Somebody who treats you', word: '[somebody who treats me]' },
  'e-mail': { what: 'An e-mail address', word: '[e-mail address]' },
  phone: { what: 'A phone number', word: '[phone number]' },
  address: { what: 'An address', word: '[address]' },
  postcode: { what: 'A postal code', word: '[postal code]' },
  'birth-date': { what: 'A date of birth', word: '[date of birth]' },
  number: { what: 'A number that is yours', word: '[number]' },
  link: { what: 'A page or name of yours elsewhere', word: '[profile]' },
}

type Carried = Record<string, string>
export type IdentityStep = {
  action: string
  /** What was typed. */
  values: Carried
  /** The fields to look into, each with its label. */
  labels: Record<string, string>
  /** What the text said before it was edited: nobody is told twice of the same. */
  before?: Texts
  backPath?: string
}

/** The page that points out what may tell who wrote this; undefined where there is nothing they have not seen. */
export function identityStep(page: Page, { action, values, labels, before = {}, backPath }: IdentityStep) {
  const texts = textsIn(values, labels)
  const known = knownOf(page, values)
  const seen = seenOf(findInFields(before, known), values.seen)
  const finds = unseenFinds(findInFields(texts, known), seen)
  if (finds.length === 0) return undefined
  const { t } = page
  const carried = { ...values, seen: seenOf(finds, seen) }
  return {
    action,
    carried: Object.entries(carried)
      .filter(([name]) => name !== 'action' && name !== 'blur')
      .map(([name, value]) => ({ name, value })),
    parts: Object.entries(texts)
      .map(([field, text]) => ({ label: labels[field]!, segments: segments(t, text, ofField(finds, field)) }))
      .filter(({ segments }) => segments.length > 1),
    finds: finds.map(({ id, text, kind }) => ({ id, text, what: t(KINDS[kind].what), word: t(KINDS[kind].word) })),
    backPath,
  }
}

export type PointedOut = Pick<Views['identity/show'], 'parts' | 'finds'>

/** All of it, with what may tell who wrote it marked. */
export function pointedOut(page: Page, values: Carried, labels: Carried, known = knownOf(page, {})): PointedOut {
  const { t } = page
  const texts = textsIn(values, labels)
  const finds = findInFields(texts, known)
  return {
    parts: Object.entries(texts).map(([field, text]) => ({
      label: labels[field]!,
      segments: segments(t, text, ofField(finds, field)),
    })),
    finds: finds.map(({ id, text, kind }) => ({ id, text, what: t(KINDS[kind].what), word: t(KINDS[kind].word) })),
  }
}

/** The same without what was ticked. */
export function blurredTexts(request: FastifyRequest, values: Carried, labels: Carried, known?: string[]): Texts {
  const { page, body } = request
  const wordFor = (kind: Kind) => page.t(KINDS[kind].word)
  const ticked = tickedIn((body as Record<string, unknown>).blur)
  return blurred(textsIn(values, labels), ticked, wordFor, known ?? knownOf(page, {}))
}

/** For `preValidation`: what was ticked is blurred before anything else looks at the form. */
export const blurring = (fields: string[]) => async (request: FastifyRequest) => {
  const body = request.body as Record<string, unknown>
  const ticked = tickedIn(body.blur)
  if (ticked.length === 0) return
  const { blur: _blur, ...typed } = body
  const { t } = request.page
  const texts = textsIn(request.typed(), Object.fromEntries(fields.map((field) => [field, field])))
  const wordFor = (kind: Kind) => t(KINDS[kind].word)
  request.body = { ...typed, ...blurred(texts, ticked, wordFor, knownOf(request.page, request.typed())) }
}

/** Their name and address; who is asking under their name means to show that. */
const knownOf = ({ viewer }: Page, { shownAs }: Carried) =>
  viewer ? [viewer.email, ...(shownAs === 'name' ? [] : [viewer.name])] : []

const textsIn = (values: Carried, labels: Record<string, string>): Texts =>
  Object.fromEntries(Object.keys(labels).flatMap((field) => (values[field] ? [[field, values[field]]] : [])))

const ofField = (finds: FieldFind[], field: string) => finds.filter((find) => find.field === field)

function segments(t: Page['t'], text: string, finds: FieldFind[]): Segment[] {
  const ends = [0, ...finds.map(({ end }) => end)]
  const marked = finds.flatMap(({ id, start, text: found, kind }, index) => [
    { text: text.slice(ends[index], start) },
    { text: found, find: { id, word: t(KINDS[kind].word) } },
  ])
  return [...marked, { text: text.slice(ends.at(-1)) }]
}
