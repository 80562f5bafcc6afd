import type { Range } from './kinds.ts'
import { anyOf, wordSets } from './lexicon.ts'

const { tops, providers } = wordSets('contacts.yaml', ['tops', 'providers'])
const TOP = anyOf(tops)
const AT = / ?[([{<*_] ?(?:at|@|a) ?[)\]}>*_] ?| at | @ ?|@ |@/gi
const DOT = ' ?(?:[([{<] ?(?:dot|point|\\.) ?[)\\]}>]|\\b(?:dot|point)\\b|\\.) ?'
const LOCAL = new RegExp(`(?:[\\w+-]+(?:${DOT}| underscore | dash | hyphen )){0,3}[\\w+-]+$`, 'i')
const DOMAIN = new RegExp(`^(?:[\\w-]+${DOT}){1,3}?${TOP}\\b(?:${DOT}${TOP}\\b)?`, 'i')
const PROVIDER = new RegExp(`^${anyOf(providers)}\\b`, 'i')
const REACH = 70

/** "john at example dot com", "jo [at] gmail.com"; but "look at nhs.uk" is no address. */
export const findSpelledEmails = (text: string): Range[] =>
  [...text.matchAll(AT)].flatMap(({ index, 0: at }) => {
    const after = text.slice(index + at.length, index + at.length + REACH)
    const domain = DOMAIN.exec(after)?.[0]
    const local = domain && LOCAL.exec(text.slice(Math.max(0, index - REACH), index))?.[0]
    if (!domain || !local) return []
    const start = index - local.length
    return isMeant({ local, at, domain, before: text.slice(Math.max(0, start - REACH), start) })
      ? [{ kind: 'e-mail' as const, start, end: index + at.length + domain.length }]
      : []
  })

const ASKED =
  /\b(?:e-?mail|mail|contact|reach|write|address|drop|line)(?: (?:me|us|address|to|is|at|on|a line))*[ :]*$/i

function isMeant({ local, at, domain, before }: { local: string; at: string; domain: string; before: string }) {
  if (/[@([{<*_]/.test(at) || / dot |[([{<]/i.test(domain)) return true
  return PROVIDER.test(domain) ? !/^(?:look|looked|looking|is|it|account|me)$/i.test(local) : ASKED.test(before)
}
