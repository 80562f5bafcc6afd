import { findEmails } from './emails.ts'
import type { Kind, Range } from './kinds.ts'
import { anyOf, wordSets } from './lists.ts'

const lists = wordSets('contacts.yaml', ['sites', 'networks', 'nobody'])
const SITES = anyOf(lists.sites)
const NETWORKS = anyOf(lists.networks)

/** What stands around a find, to judge it by. */
export type Surroundings = { written: string; before: string; after: string }
type Pattern = {
  kind: Kind
  pattern: RegExp
  /** Which group is what identifies; the whole unless told. */
  group?: number
  /** A text without this is not searched. */
  needs: RegExp
  accepts?: (match: Surroundings) => boolean
}

const NEAR_NETWORK =
  /\b(?:insta\w*|ig|twitter|tweet|tik ?tok|snap\w*|handle|follow|dm|message|find|telegram|discord|username|threads|x|tag|me)\b[^\n]{0,30}$/i

const PROFILE: Pattern = {
  kind: 'link',
  needs: /\.\w{2,5}\//,
  pattern: new RegExp(
    `\\b(?:https?://)?(?:[a-z]{2,5}\\.)?${SITES}\\.(?:com|net|me|app|ee|org|co\\.uk|tv|de)/[^\\s<>"')\\]]{2,120}`,
    'gi',
  ),
  accepts: ({ written }) =>
    !/\.com\/(?:groups?|watch|events|pages|hashtag|search|r|help|nhs|explore|p|reel|results|shorts|playlist)\b(?!\/[^/]*\/(?:user|posts))/i.test(
      written,
    ) && !/\.[a-z]+\/(?:watch\?|r\/)/i.test(written),
}

const HANDLE: Pattern = {
  kind: 'link',
  needs: /@/,
  pattern: /(?<![\w@./+-])@[a-z_][\w.]{2,29}(?!\w*@)/gi,
  accepts: ({ written, before }) =>
    !lists.nobody.has(written.slice(1).replace(/\.+$/, '').toLowerCase()) &&
    (/[\d_.]\w/.test(written) || written.length >= 5 || NEAR_NETWORK.test(before)),
}

const REDDIT_NAME: Pattern = { kind: 'link', needs: /u\//, pattern: /(?<![\w/])\/?u\/[\w-]{3,30}/g }

const NAME_ON_NETWORK: Pattern = {
  kind: 'link',
  needs: new RegExp(`\\b${NETWORKS}\\b`, 'i'),
  pattern: new RegExp(
    `\\b${NETWORKS}(?: (?:is|as|at|name|handle|account|id|user|username|under|me|page|profile|called|add|by|to|on|it['’]s|@))* {0,1}[ :=(]{1,3}@?([a-z][\\w.#:-]{2,31})`,
    'gi',
  ),
  group: 1,
  accepts: ({ written }) =>
    /[\d_#]|[a-z]\.[a-z]|:[a-z]/i.test(written) &&
    !/^(?:[a-z]+\.(?:com|org|net|co|uk)|covid.*|l\d|c\d|[a-z]\d{1,2})$/i.test(written),
}

const OWN_SITE: Pattern = {
  kind: 'link',
  needs: /\b(?:my|our) (?:web|site|blog|home ?page|page|portfolio|channel)/i,
  pattern:
    /\b(?:my|our) (?:web ?site|site|blog|web ?page|home ?page|page|portfolio|channel)(?: is| at|:| address is)?(?: at)? ((?:https?:\/\/)?[\w-]{1,63}(?:\.[\w-]{2,63}){1,3}(?:\/[^\s<>"')]{0,100})?)/gi,
  group: 1,
}

const PLATE: Pattern = {
  kind: 'number',
  needs: /\b(?:reg|plate|car|van|vehicle|licen|driv|motorbike|rego)/i,
  pattern:
    /\b(?:reg(?:istration)?|plates?|car|van|vehicle|number ?plate|licen[cs]e ?plate|driving|motorbike|rego)\b[^.\n\d]{0,40}?(?<![A-Za-z\d])([A-Z]{2}\d{2} ?[A-Z]{3}|[A-Z]\d{1,3} ?[A-Z]{3}|\d[A-Z]{3} ?\d{3}|[A-Z]{3}[ -]?\d{3,4})(?![A-Za-z\d])/gi,
  group: 1,
  accepts: ({ written }) => written === written.toUpperCase() || /^[a-z]{2}\d{2} ?[a-z]{3}$/.test(written),
}

const PATTERNS = [PROFILE, HANDLE, REDDIT_NAME, NAME_ON_NETWORK, OWN_SITE, PLATE]
const LOOK_BACK = 60

/** Ways to reach somebody or to find them elsewhere: e-mail, profiles, sites, number plates. */
export const findContacts = (text: string): Range[] => [...findEmails(text), ...findByPattern(text)]

const findByPattern = (text: string) =>
  PATTERNS.filter(({ needs }) => needs.test(text)).flatMap(({ kind, pattern, group = 0, accepts }) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const written = match[group]!
      const start = match.index + (group === 0 ? 0 : match[0].lastIndexOf(written))
      const end = start + written.length
      const before = text.slice(Math.max(0, start - LOOK_BACK), start)
      const after = text.slice(end, end + LOOK_BACK)
      return (accepts?.({ written, before, after }) ?? true) ? [{ kind, start, end }] : []
    }),
  )
