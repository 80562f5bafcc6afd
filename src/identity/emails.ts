import type { Range } from './kinds.ts'
import { anyOf, wordSets } from './lists.ts'

const { tops, providers } = wordSets('contacts.yaml', ['tops', 'providers'])
const TOP = anyOf(tops)
const AT = / ?[([{<*_] ?(?:at|@|a) ?[)\]}>*_] ?| at | @ ?|@ |@/gi
const DOT = ' ?(?:[([{<] ?(?:dot|point|\\.) ?[)\\]}>]|\\b(?:dot|point)\\b|\\.) ?'
const LOCAL = new RegExp(`(?:[\\w+-]+(?:${DOT}| underscore | dash | hyphen )){0,3}[\\w+-]+$`, 'i')
const DOMAIN = new RegExp(`^(?:[\\w-]+${DOT}){1,3}?${TOP}\\b(?:${DOT}${TOP}\\b)?`, 'i')
const PROVIDER = new RegExp(`^${anyOf(providers)}\\b`, 'i')
const REACH = 70
const LONGEST_DOMAIN = 120

export const findEmails = (text: string): Range[] => [...plainIn(text), ...spelledIn(text), ...shortIn(text)]

const PLAIN_LOCAL = /[\w.+'-]+$/
const PLAIN_DOMAIN = /^(?:[a-z\d-]+\.)+[a-z]{2,24}(?![\w-])/i

/** "ada@example.org" */
function plainIn(text: string): Range[] {
  const found: Range[] = []
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    const local = PLAIN_LOCAL.exec(text.slice(Math.max(0, at - REACH), at))?.[0]
    const domain = local && PLAIN_DOMAIN.exec(text.slice(at + 1, at + 1 + LONGEST_DOMAIN))?.[0]
    if (local && domain) found.push({ kind: 'e-mail', start: at - local.length, end: at + 1 + domain.length })
  }
  return found
}

/** "john at example dot com", "jo [at] gmail.com"; but "look at nhs.uk" is no address. */
const spelledIn = (text: string): Range[] =>
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

const AT_PROVIDER = new RegExp(`(?:@|\\bat) ?${anyOf(providers)}\\b(?! the)`, 'gi')
const SHORT_LOCAL = /([\w.+-]{2,}) ?$/
const KNOWN_PROVIDER = /gmail|hotmail|yahoo|outlook|icloud|aol|proton/i

/** "joan82@gmail", "mail me: joan82 at yahoo" */
const shortIn = (text: string): Range[] =>
  [...text.matchAll(AT_PROVIDER)].flatMap(({ index, 0: provider }) => {
    const before = text.slice(Math.max(0, index - REACH), index)
    const local = SHORT_LOCAL.exec(before)
    const isMeant =
      local &&
      (provider.startsWith('@') ||
        (KNOWN_PROVIDER.test(provider) &&
          !/^(?:look|me|us|support|account|it|them)$/i.test(local[1]!) &&
          /mail|contact|reach|write/i.test(before.slice(0, local.index))))
    return isMeant ? [{ kind: 'e-mail' as const, start: index - local[0].length, end: index + provider.length }] : []
  })
