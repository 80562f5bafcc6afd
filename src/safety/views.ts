import type { FastifyReply, FastifyRequest } from 'fastify'
import { renderMarkdown } from '../lib/markdown.ts'
import type { Page } from '../plugins/views.ts'
import type { Found } from './book.ts'
import type { Mark } from './mark-queries.ts'
import type { CountryRule, FlagRule, Helpline, Rules } from './rules.ts'
import { isCrisis } from './watch.ts'

type ShownLine = Helpline & { dial?: string }
export type ShownCountry = {
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
export type ShownMark = {
  name: string
  place: string
  isHeld: boolean
  createdAt: Date
  seenAt: Date | null
  seenByName: string | null
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
      form?: { action: string; carried: { name: string; value: string }[]; warned: string; canChange: boolean }
      /** Where a country is chosen without a form to carry on. */
      path?: string
      backPath?: string
    }
    'safety/_numbers': { country: ShownCountry; isCrisis: boolean; isOverdose: boolean }
    'safety/_line': { line: ShownLine }
    'safety/_country': { country: ShownCountry; countryOptions: Option[] }
    'safety/_going-on': Omit<Views['safety/warning'], 'flags' | 'isOverdose'>
    'safety/_marks': { marks: ShownMark[]; questionId: number; canDecide: boolean; isHeld: boolean }
    'safety/_mark': { flaggedAt: Date | null }
    'safety/_held': { questionId: number; isOwn: boolean }
    'safety/age': { carried: { name: string; value: string }[]; action: string; options: Option[]; error?: string }
    'safety/younger': { country: ShownCountry; countryOptions: Option[] }
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
const shownLine = (line: Helpline): ShownLine => ({ ...line, dial: line.phone && dialled(line.phone) })

export const countryOptions = ({ countries }: Rules): Option[] =>
  Object.entries(countries).map(([value, { name }]) => ({ value, label: name }))

type Warning = {
  rules: Rules
  found: Found[]
  country: ShownCountry
  form?: WarningForm
  path?: string
  backPath?: string
}
type WarningForm = { action: string; values: Record<string, string>; isPreview?: boolean; canChange?: boolean }

/** What to do now, and whom to call. */
export function warningPage({ rules, found, country, form, path, backPath }: Warning) {
  return {
    flags: found.map(({ flag }) => shownFlag(flag, rules.flags[flag]!)),
    country,
    countryOptions: countryOptions(rules),
    isCrisis: isCrisis(found),
    isOverdose: found.some(({ flag }) => flag === 'overdose'),
    form: form && {
      action: form.action,
      carried: carriedOn(form),
      warned: found.map(({ flag }) => flag).join(' '),
      canChange: form.canChange ?? false,
    },
    path,
    backPath,
  }
}

const LEFT_OUT = ['action', 'warned', 'country', 'resume']

const carriedOn = ({ values, isPreview }: WarningForm) => [
  ...Object.entries(values)
    .filter(([name]) => !LEFT_OUT.includes(name))
    .map(([name, value]) => ({ name, value })),
  ...(isPreview ? [{ name: 'resume', value: 'preview' }] : []),
]

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
