import { isGivenName, isPlainName } from './given-names.ts'
import { type Expectation, fullNameEnd, nameEnd, placeEnd } from './people.ts'

export type Named = { kind: 'name' | 'doctor'; start: number; end: number }

const KIN =
  'husband|wife|son|sons|daughter|mum|mom|mummy|mommy|mam|mother|dad|daddy|father|brother|sister|partner|boyfriend|girlfriend|fianc[eé]e?|uncle|aunt|auntie|aunty|cousin|nan|nana|nanna|gran|granny|grandma|grandad|granddad|grandpa|grandmother|grandfather|grandson|granddaughter|nephew|niece|twin|baby|(?:little|wee) (?:girl|boy|one|lad)|toddler|child|kid|stepson|stepdaughter|stepmother|stepfather|mother-in-law|father-in-law|neighbou?r|friend|boss|manager|colleague|flatmate|roommate|housemate|carer|ex'
const CARERS =
  'gp|doctor|surgeon|consultant|physio|physiotherapist|physical therapist|therapist|chiropractor|chiro|osteopath|osteo|nurse|midwife|dentist|specialist|neurologist|neurosurgeon|rheumatologist|orthopa?edist|orthopod|oncologist|cardiologist|podiatrist|trainer|coach|instructor|masseuse|acupuncturist|psychologist|counsell?or|paediatrician|pediatrician|health visitor|practitioner'

type Cue = { pattern: RegExp; expects: Expectation | ((cue: string) => Expectation); isDoctor?: boolean }

/** "my son Tom", "my son is called Tom", "my son's name is Tom", "my son is Tom" */
const relation = (words: string) =>
  new RegExp(
    `\\b(?:${words})(?:['’]s name(?:['’]s| is| was|:)?|(?:,? (?:is |was )?(?:called|named))|[,:(]|['’]s| is| was| are)?[ \\t]{1,3}[("“‘']?`,
    'gi',
  )

const byEnding = (cue: string): Expectation =>
  /name|called/i.test(cue) ? 'certain' : /(?:['’]s|\b(?:is|was|are))[^\p{L}]*$/iu.test(cue) ? 'unlikely' : 'likely'

const CUES: Cue[] = [
  {
    pattern:
      /\b(?:(?:my|his|her|their|our|the|'s|whose) ?(?:(?:full|first|last|real|given|middle|maiden) )?names?(?: is| was| are|['’]s|s|:)|(?:full|patient|first|last|sur|client|parent|child)(?:['’]s)? ?name ?[:=]|(?<=^|\n)names? ?[:=-]|(?:i am|i['’]?m) (?:called|named)|(?:he|she)(?: is|['’]s) (?:called|named))[ \t]{0,3}(?:is )?[ \t]{0,3}["“‘']?/gi,
    expects: 'certain',
  },
  {
    pattern:
      /\b(?:(?:just |please |can |everyone |people )?calls? me|i go by|goes by(?: the name)?(?: of)?|under the name(?: of)?|patient ?:|signed(?: by)? ?[,:]?|re:|contact:|attn:?)[ \t]{1,3}["“]?(?:(?:Big|Little|Old|Young|Wee) )?/gi,
    expects: 'likely',
  },
  {
    pattern:
      /\b(?:i am|iam|i['’]?m|i,|we are|we['’]re|(?:hi|hello|hey|hiya|morning|afternoon|evening|all|everyone)[ ,.!]{1,3}(?:this is|it['’]?s))[ \t]{1,3}/gi,
    expects: 'likely',
  },
  {
    pattern:
      /\b(?:this is|it['’]?s|it is|sent from|hi from|hello from|message from|writing for|on behalf of|care of|c\/o|name|names)[ \t]{1,3}/gi,
    expects: 'unlikely',
  },
  { pattern: /\b(?:mr|mrs|ms|mx)\.?(?: (?:and|&) mrs\.?)?[ \t]{1,2}/gi, expects: 'titled', isDoctor: true },
  {
    pattern:
      /(?<=\b(?:my|gp|saw|see|seen|by|with|under|consultant|surgeon|told) (?:gp )?)(?:dr|mr|mrs)\.?[ \t](?=\p{Ll})/gu,
    expects: 'surname',
    isDoctor: true,
  },
  {
    pattern:
      /\b(?:(?:dra?|prof)s?\b\.?(?:[ \t]{0,2}(?:dr|mr|prof)\b\.?)?[ \t]{0,2}|(?:doctor|doc|professor)[ \t]{1,2})/gi,
    expects: 'titled',
    isDoctor: true,
  },
  {
    pattern:
      /\b(?:Miss|Sister|Nurse(?: Practitioner)?|Rev|Father|Matron|Sgt|Captain|Consultant|Surgeon|Physio)\.?[ \t]{1,2}(?=\p{Lu})/gu,
    expects: 'titled',
    isDoctor: true,
  },
  { pattern: relation(KIN), expects: byEnding },
  { pattern: relation(CARERS), expects: byEnding, isDoctor: true },
  {
    pattern:
      /\b(?:(?:under|seen by|treated by|operated on by|referred to|referred by|operation by|surgery by|saw|see|with|by|and|told|from|to) )(?=\p{Lu}\p{Ll})/gu,
    expects: 'unlikely',
  },
]

/** Programmes and methods that carry somebody's whole name, and people everybody knows. */
const PUBLIC =
  /^(?:robin mckenzie|sarah key|stuart mcgill|john sarno|joseph pilates|brian mulligan|moshe feldenkrais|esther gokhale|lorimer moseley|peter o['’]sullivan|david butler|adriaan louw|howard schubiner|gabor mat[eé]|kelly starrett|ben patrick|james cyriax|geoffrey maitland|alan gordon|motivator|florence nightingale|elvis presley|tiger woods|andy murray|rafael nadal|charlie chaplin|michael jackson|johns? hopkins|mary poppins|jesus christ|joe wicks|oz|google|phil|house|who|internet|pepper|martens?|scholl'?s?|mercola|youtube|no|yes|evil|watson|strange|dre)$/iu

/** Everybody named in a text, found by what stands around a name rather than by the name. */
export function findNames(text: string): Named[] {
  return [...namesByCue(text), ...fullNames(text), ...signatures(text), ...presented(text)]
}

function namesByCue(text: string) {
  return CUES.flatMap(({ pattern, expects, isDoctor }) =>
    [...text.matchAll(pattern)].flatMap(({ index, 0: cue }): Named[] => {
      const start = index + cue.length
      const expectation = typeof expects === 'string' ? expects : expects(cue)
      const end = withCompanion(text, nameEnd(text, start, expectation))
      if (end === undefined || isPublic(text, start, end)) return []
      if (expectation === 'unlikely' && !isSure(text, start, end)) return []
      if (!isDoctor) return [{ kind: 'name', start, end }]
      return [
        {
          kind: 'doctor',
          start: expectation === 'titled' || expectation === 'surname' ? index : start,
          end: placeEnd(text, end),
        },
      ]
    }),
  )
}

/** "Peter and Anneke Visser" */
function withCompanion(text: string, end: number | undefined) {
  const [joint] = (end !== undefined && /^ (?:and|&) (?=\p{Lu})/u.exec(text.slice(end, end + 7))) || []
  const other = joint && nameEnd(text, end! + joint.length, 'unlikely')
  return other && isSure(text, end! + joint.length, other) ? other : end
}

const isPublic = (text: string, start: number, end: number) => PUBLIC.test(text.slice(start, end))

/** After a cue that says little, a name that is hardly anything else. */
function isSure(text: string, start: number, end: number) {
  const [first = '', second] = text.slice(start, end).split(/\s+/)
  return isPlainName(first) && (second !== undefined || /^\p{Lu}/u.test(first))
}

const CAPITALISED = /(?<![\p{L}'’-]|\b[Ss]t\.? )\p{Lu}[\p{Ll}\p{M}][\p{L}\p{M}'’-]{0,30}/gu

function fullNames(text: string) {
  const found: Named[] = []
  for (const { index, 0: word } of text.matchAll(CAPITALISED)) {
    if (index < (found.at(-1)?.end ?? 0) || !isPlainName(word)) continue
    const end = fullNameEnd(text, index)
    if (end !== undefined && !isPublic(text, index, end))
      found.push({ kind: 'name', start: coupleStart(text, index), end })
  }
  return found
}

/** "Jack and Jill Hobson" */
function coupleStart(text: string, start: number) {
  const [couple, name] = /(\p{Lu}[\p{L}'’-]{1,30}) (?:and|&) $/u.exec(text.slice(Math.max(0, start - 40), start)) ?? []
  return couple && isGivenName(name!) ? start - couple.length : start
}

const CLOSING =
  /(?:\b(?:thanks?(?: you)?|thankyou|thx|ty|ta|tia|cheers|regards|best wishes|warm wishes|sincerely|faithfully|truly|yours|respectfully|gratefully|xx+|all the best|appreciated|in advance|take care|god bless|bless you|kindly|bye|hugs|blessings|yuo|(?:your|my|any|the|all|some) (?:\p{L}+ ){0,2}(?:time|help|advice|support|attention|input|thoughts|repl(?:y|ies)|consideration|assistance|response|guidance|info(?:rmation)?|reading))(?!\p{L})|(?<=[.!?,\n][ \t]{0,3})(?:best|love|from|warmly|yours)(?!\p{L}))(?: you| all| so much| very much| a lot| a million| again| in advance| everyone| everybody| guys| to all| from| kindly| for (?:reading|listening|everything)| and)*[ \t]*[,.!:;/~–—-]{0,3}[ \t]*\n{0,3}[ \t]*[~–—-]{0,2}[ \t]*/giu
const LINE_END =
  /[ \t.,;:!)/x~*-]*(?:\n|$|\(|\+?\d|(?:aged?|from|in|of|and|sent|tel|ph|e-?mail|cell|m\.?d|phd|msc|mrs?|ms|rn)\b|\p{Lu}\p{L}+(?:,?[ \t]\p{Lu}\p{L}*){0,2}[ \t.]*(?:\n|$))/iuy
const OWN_LINE = /(?<=^|\n|[.!?][ \t]{1,3})[ \t]*[~–—*-]{0,2}[ \t]*(?=\p{L})/gu

function signatures(text: string): Named[] {
  const afterClosing = [...text.matchAll(CLOSING)].flatMap(({ index, 0: cue }) =>
    signed(text, index + cue.length, isAnyName),
  )
  const alone = [...text.matchAll(OWN_LINE)].flatMap(({ index, 0: lead }) =>
    signed(text, index + lead.length, /[~–—*-]/.test(lead) ? isAnyName : isNameAlone),
  )
  return [...afterClosing, ...alone]
}

type Judgement = (text: string, start: number, end: number) => boolean

function signed(text: string, start: number, isName: Judgement): Named[] {
  const end = nameEnd(text, start, 'likely')
  if (end === undefined || isPublic(text, start, end) || !isName(text, start, end)) return []
  LINE_END.lastIndex = end
  return LINE_END.test(text) ? [{ kind: 'name', start, end }] : []
}

const isAnyName = () => true
const SIGNING_LENGTH = 160

/** With no "thanks" before it: a name on a line of its own, or how the text ends. */
function isNameAlone(text: string, start: number, end: number) {
  const after = text.slice(end, end + SIGNING_LENGTH)
  if (isSure(text, start, end) && /^[ \t.!x]*(?:\n|$)/.test(after)) return true
  const isEnding = text.length - end < SIGNING_LENGTH && start > 0
  if (!isEnding || (start < SIGNING_LENGTH / 2 && !isSure(text, start, end))) return false
  const isWhole =
    isSure(text, start, end) ||
    text.slice(start, end).includes(' ') ||
    (text[start - 1] === '\n' && /[.!?,][ \t]*\n+$/.test(text.slice(start - 6, start)))
  if (/^[ \t]*$/.test(after) && /[.!?][ \t]+$/.test(text.slice(start - 4, start))) return true
  return isWhole && /^[ \t.,!x]*(?:\n|$|\d|\p{Lu}\p{L}+[ \t.]*(?:\n|$))/u.test(after)
}

const PRESENTED = new RegExp(
  `(?<=[a-zß-ÿ])(?: (?:here|again)\\b(?=[ ,.!?]|$)| from (?=\\p{Lu})|,? \\(?my (?:${KIN}|${CARERS})\\b|['’]s (?:iphone|ipad|phone)\\b)`,
  'giu',
)

/** "Sarah here", "Tom, my husband" */
const presented = (text: string) =>
  [...text.matchAll(PRESENTED)].flatMap(({ index: end, 0: cue }): Named[] => {
    const name = /(?<![\p{L}'’-])\p{L}{2,30}$/u.exec(text.slice(Math.max(0, end - 31), end))?.[0] ?? ''
    return isPlainName(name) && (!cue.startsWith(' from') || /^\p{Lu}/u.test(name))
      ? [{ kind: 'name', start: end - name.length, end }]
      : []
  })
