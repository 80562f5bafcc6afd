import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Look } from '../audiences/queries.ts'
import { renderMarkdown } from '../lib/markdown.ts'
import type { Page, Views } from '../plugins/views.ts'
import type { Found } from './book.ts'
import type { Mark } from './mark-queries.ts'
import type { CountryRule, FlagRule, Helpline, Rules } from './rules.ts'
import { isCrisis } from './watch.ts'

/** `site`: how its page is called. */
type ShownLine = Helpline & { dial?: string; site?: string }
type ShownCountry = {
  code: string
  name: string
  emergency: { phone: string; dial: string }
  urgent?: ShownLine
  poison?: ShownLine
  crisis: ShownLine[]
  young: ShownLine[]
  minimumAge: number
}
type ShownFlag = Pick<FlagRule, 'name' | 'title' | 'source' | 'sourceUrl'> & {
  key: string
  textHtml: string
  writtenOn: Date
}
type Option = { value: string; label: string }
type ShownForm = {
  action: string
  carried: { name: string; value: string }[]
  warned: string
  /** It is kept as a draft. */
  isKept: boolean
  /** It cannot be sent as it is. */
  isUnfinished: boolean
  /** Nobody else but moderators will see it for a time. */
  isSleptOn: boolean
}
export type ShownMark = {
  name: string
  place: string
  isHeld: boolean
  createdAt: Date
  seenAt: Date | null
  seenByName: string | null
}

/** What whoever asked is told of a question in which something may be urgent. */
export type ForAsker = {
  id: number
  /** It was held, and is not published: whom to call stays there. */
  help?: Views['safety/_numbers']
  /** What may tell who they are nobody has pointed out to them. */
  mayIdentify: boolean
  /** They have not said yet that everybody may read it. */
  needsLeave: boolean
  /** When moderators have read what nobody else can read yet. */
  looks: Pick<Look, 'lastAt'>[]
}

declare module '../plugins/views.ts' {
  interface Views {
    'safety/warning': {
      flags: ShownFlag[]
      country: ShownCountry
      countryOptions: Option[]
      /** It is not published till a moderator has read it. */
      isCrisis: boolean
      isOverdose: boolean
      /** None: what was written is held already. */
      form?: ShownForm
      /** What has become of what is held. */
      standing: HeldStanding
      /** Where a country is chosen without a form to carry on. */
      path?: string
      backPath?: string
    }
    'safety/_numbers': { country: ShownCountry; isCrisis: boolean; isOverdose: boolean }
    'safety/_asker': { forAsker: ForAsker }
    'safety/_help': Views['safety/_numbers']
    'safety/_on-the-way': { help?: Views['safety/_numbers'] }
    'safety/_line': { line: ShownLine }
    'safety/_country': { country: ShownCountry; countryOptions: Option[] }
    'safety/_going-on': Omit<Views['safety/warning'], 'flags' | 'isOverdose'>
    'safety/_marks': { marks: ShownMark[]; questionId: number; canDecide: boolean; isHeld: boolean }
    'safety/_mark': { flaggedAt: Date | null }
    'safety/_held': { questionId: number; isOwn: boolean }
    'safety/age': { carried: { name: string; value: string }[]; action: string; options: Option[]; error?: string }
    'safety/younger': {
      country: ShownCountry
      countryOptions: Option[]
      /** They have just said so; otherwise they came by a link, and may be old enough. */
      isTooYoung: boolean
      /** From which age somebody may ask there. */
      minimumAge: number
      /** They have made an account before. */
      canDelete: boolean
    }
  }
}

/** The country somebody has chosen here, or else the one the forum is set to. */
export function countryOf({ cookies, server }: FastifyRequest, { countries }: Rules): ShownCountry {
  const code = [cookies[COUNTRY], server.config.country].find((name) => name !== undefined && name in countries) ?? 'XX'
  return shownCountry(code, countries[code] ?? Object.values(countries)[0]!)
}

const COUNTRY = 'country'
const YEAR_SECONDS = 31_536_000

/** Only on their own device, so that they see the right numbers again. */
export function rememberCountry(request: FastifyRequest, reply: FastifyReply, { countries }: Rules, code?: string) {
  if (!code || !(code in countries)) return
  reply.setCookie(COUNTRY, code, { maxAge: YEAR_SECONDS })
  request.cookies[COUNTRY] = code
}

function shownCountry(code: string, country: CountryRule): ShownCountry {
  return {
    code,
    name: country.name,
    emergency: { phone: country.emergency, dial: dialled(country.emergency) },
    urgent: country.urgent && shownLine(country.urgent),
    poison: country.poison && shownLine(country.poison),
    crisis: country.crisis.map(shownLine),
    young: country.young.map(shownLine),
    minimumAge: country.minimumAge,
  }
}

const dialled = (phone: string) => `tel:${phone.replaceAll(' ', '')}`
const shownLine = (line: Helpline): ShownLine => ({
  ...line,
  dial: line.phone && dialled(line.phone),
  site: line.url && new URL(line.url).hostname.replace(/^www\./, ''),
})

export const countryOptions = ({ countries }: Rules): Option[] =>
  Object.entries(countries).map(([value, { name }]) => ({ value, label: name }))

type Warning = {
  rules: Rules
  found: Found[]
  country: ShownCountry
  form?: WarningForm
  path?: string
  backPath?: string
  standing?: HeldStanding
}
type HeldStanding = 'waiting' | 'read' | 'taken-back'
type WarningForm = Pick<ShownForm, 'action'> &
  Partial<Pick<ShownForm, 'isKept' | 'isUnfinished' | 'isSleptOn'>> & {
    values: Record<string, string>
    /** What they were doing when this page came. */
    resume?: string
  }

/** What to do now, and whom to call. */
export function warningPage({ rules, found, country, form, path, backPath, standing = 'waiting' }: Warning) {
  return {
    flags: found.map(({ flag }) => shownFlag(flag, rules.flags[flag]!)),
    country,
    countryOptions: countryOptions(rules),
    ...kindOf(found),
    form: form && shownForm(form, found),
    standing,
    path,
    backPath,
  }
}

const LEFT_OUT = ['action', 'warned', 'country', 'resume']

/** Which numbers are those to call. */
export const kindOf = (found: Found[]) => ({
  isCrisis: isCrisis(found),
  isOverdose: found.some(({ flag }) => flag === 'overdose'),
})

/** Whom to call for what was found. */
export const numbersFor = (request: FastifyRequest, rules: Rules, found: Found[]) => ({
  country: countryOf(request, rules),
  ...kindOf(found),
})

/** What may cost a life is not previewed or put aside: it goes to a moderator. */
function shownForm(form: WarningForm, found: Found[]): ShownForm {
  const { action, values, resume, isKept = false, isUnfinished = false, isSleptOn = false } = form
  const typed = Object.entries(values).filter(([name]) => !LEFT_OUT.includes(name))
  const resumed: [string, string][] = resume && !isCrisis(found) ? [['resume', resume]] : []
  const warned = found.map(({ flag }) => flag).join(' ')
  const carried = [...typed, ...resumed].map(([name, value]) => ({ name, value }))
  return { action, carried, warned, isKept, isUnfinished, isSleptOn }
}

function shownFlag(key: string, { name, title, text, source, sourceUrl, writtenOn }: FlagRule): ShownFlag {
  return {
    key,
    name,
    title,
    source,
    sourceUrl,
    textHtml: renderMarkdown(unwrapped(text)),
    writtenOn: new Date(writtenOn),
  }
}

/** A line that only ends because the file is narrow is no line of its own. */
const unwrapped = (text: string) => text.replace(/(\S)\n(?!\n|- )\s*/g, '$1 ')

export function shownMarks({ t }: Pick<Page, 't'>, marks: Mark[], rules: Rules): ShownMark[] {
  return marks.map(({ flag, commentId, ...mark }) => ({
    ...mark,
    name: rules.flags[flag]?.name ?? flag,
    place: commentId ? t('in what was said below') : t('in the question'),
  }))
}

/** For what a text was held, as it was found then; rules that are gone say nothing any more. */
export function heldFlags(marks: Pick<Mark, 'flag' | 'isHeld'>[], { flags }: Rules): Found[] {
  const held = new Set(marks.filter(({ isHeld }) => isHeld).map(({ flag }) => flag))
  return [...held].flatMap((flag) => {
    const severity = flags[flag]?.severity
    return severity ? [{ flag, severity, pattern: '', places: [] }] : []
  })
}
