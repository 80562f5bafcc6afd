import { isCardNumber, isNhsNumber, isPhoneNumber } from './numbers.ts'

export type Kind = 'name' | 'doctor' | 'e-mail' | 'phone' | 'address' | 'postcode' | 'birth-date' | 'number' | 'link'

type Match = { before: string; digits: string; written: string; after: string }
type Pattern = {
  kind: Kind
  pattern: RegExp
  /** Which group is what identifies; 0, the whole, unless told. */
  group?: number
  accepts?: (match: Match) => boolean
  /** A quick look first: a text without this holds no such thing. */
  needs?: RegExp
}

const MONTH =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)'
const DAY = '\\d{1,2}(?:st|nd|rd|th)?'
const DATE = `(?:\\d{1,4}[/.\\- ]\\d{1,2}[/.\\- ]\\d{1,4}|${DAY}(?: of)?[ \\-]?${MONTH}\\.?,?(?:[ \\-]?(?:\\d{4}|['’]?\\d{2}))?|${MONTH}\\.? ${DAY}(?:,? ?(?:\\d{4}|['’]\\d{2}))?|\\d{6,8})`
const STREET =
  '(?:street|st\\.?|str\\.?|road|rd\\.?|avenue|ave\\.?|lane|ln\\.?|drive|dr\\.?|close|court|ct\\.?|crescent|cres\\.?|way|place|pl\\.?|terrace|gardens|garden|gdns|grove|boulevard|blvd\\.?|square|sq\\.?|hill|park|row|mews|view|walk|green|parkway|pkwy|highway|hwy|circle|cir|trail|rise|quay|wharf|vale|parade|heights|croft|drove|broadway|alley|yard)'
/** "street", "Street" and "STREET"; an address needs capitals elsewhere. (Turning `i` off for a part fails in V8 for some texts.) */
const inAnyCase = (words: string) =>
  words.replace(/[a-z]+/g, (word) => `(?:[${word[0]}${word[0]!.toUpperCase()}]${word.slice(1)}|${word.toUpperCase()})`)
const ANY_STREET = inAnyCase(STREET)
const FLAT = inAnyCase('flat|apt|apartment|unit|suite')
const REACH =
  /\b(?:call|calls|calling|ring|phone|phoned|tel|telephone|text|txt|mobile|mob|cell|landline|whats ?app|fax|number|no|nr|dial|reach|contact|signal|ph|extension)\b[^\d\n]{0,25}$/i
const PROVIDERS =
  '(?:gmail|googlemail|yahoo|ymail|hotmail|outlook|live|icloud|me|aol|msn|proton(?:mail)?|btinternet|sky|virginmedia|talktalk|ntlworld|gmx|web|mail|comcast|verizon|att|rocketmail|fastmail|zoho|yandex|orange|wanadoo|t-online)'
const TLD =
  '(?:com|co|org|net|edu|gov|ac|uk|us|ie|de|fr|es|it|nl|eu|ca|au|nz|in|io|me|info|nhs|ch|at|be|se|no|dk|pl|br|za|hu|cz|sk|gr|ro|bg|fi|pt|ru|ua|tr|jp|cn|kr|mx|ar|cl|sg|hk|my|th|ph|ng|ke|gh|pk|ae|il|example|app|online|site)'
const ID = '[A-Z]{0,5}[ /-]?\\d[A-Z\\d]*(?:[ /-]?[A-Z]?\\d[A-Z\\d]*){0,5}(?:[ /-]?[A-Z]{1,2})?'

const hasDigits =
  (least: number) =>
  ({ digits }: Match) =>
    digits.length >= least

export const PATTERNS: Pattern[] = [
  {
    kind: 'e-mail',
    needs: /@/,
    pattern: /(?<![\w.+-])[\w.+'-]{1,64}@(?:[a-z\d-]{1,63}\.){1,4}[a-z]{2,24}(?![\w-])/gi,
    accepts: ({ written }) => !/\.(?:png|jpe?g|gif)@/i.test(written),
  },
  {
    kind: 'e-mail',
    needs: /@|\bdot\b|[([{<] ?at\b|\bat [\w-]{1,63} ?\./i,
    pattern: new RegExp(
      `(?<![\\w.+-])[\\w+-]{1,64}(?:(?:\\.| ?[([]?dot[)\\]]? ?| underscore )[\\w+-]{1,64}){0,3}(?: ?[([{<] ?(?:at|@) ?[)\\]}>] ?| at |@ | @ ?)[\\w-]{1,63}(?:(?: ?[([{<] ?(?:dot|\\.) ?[)\\]}>] ?| dot | ?\\. ?)${TLD}\\b){1,3}`,
      'giu',
    ),
    accepts: ({ written, before }) => isSpelledAddress(written, before),
  },
  {
    kind: 'e-mail',
    needs: new RegExp(`(?:@|\\bat) ?${PROVIDERS}\\b`, 'i'),
    pattern: new RegExp(`(?<![\\w.+-])[\\w.+-]{2,64} ?(?:@|\\bat\\b) ?${PROVIDERS}\\b(?! the)`, 'gi'),
    accepts: ({ written, before }) =>
      /@|gmail|hotmail|yahoo|outlook|icloud|aol|proton/i.test(written) &&
      !/\b(?:look|me|us|support|account|it|them)\b ?(?:@|at)/i.test(written) &&
      (written.includes('@') || /mail|contact|reach|write/i.test(before)),
  },
  { kind: 'number', pattern: /(?<![\d-])(?!000|666|9)\d{3}-\d{2}-\d{4}(?![\d-])/g },
  {
    kind: 'number',
    pattern:
      /(?<![A-Za-z\d])(?![BN]O|GB|NK|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D](?![A-Za-z\d])/gi,
  },
  {
    kind: 'number',
    pattern: /(?<![\d.+-])\d{3}[ -]?\d{3}[ -]?\d{4}(?![\d-])/g,
    accepts: ({ digits, before }) => isNhsNumber(digits) && !REACH.test(before),
  },
  { kind: 'number', pattern: /(?<![\w-])[1-9][A-Z][A-Z\d]\d-?[A-Z][A-Z\d]\d-?[A-Z]{2}\d{2}(?![\w-])/g },
  {
    kind: 'number',
    pattern: /(?<![\d.-])\d{4}[ -]?\d{4}[ -]?\d{4}[ -]?\d{1,7}(?![\d-])/g,
    accepts: ({ digits }) => isCardNumber(digits),
  },
  {
    kind: 'number',
    pattern: /(?<![A-Za-z\d])[A-Z]{2}\d{2}(?: ?[A-Z\d]{4}){3,7}(?: ?[A-Z\d]{1,3})?(?![A-Za-z\d])/g,
    accepts: hasDigits(12),
  },
  {
    kind: 'number',
    pattern: new RegExp(
      `\\b(?:nhs|chi|ssn|s\\.s\\.n\\.?|social security|social|national insurance|ni|nino|mrn|medical record|health card|ohip|medicare|medicaid|hic|pps|ppsn|passport|hospital|patient|record|chart|insurance|policy|member|membership|subscriber|group|bupa|axa|aviva|vitality|cigna|aetna|kaiser|nhi|ihi|tax|driving licen[cs]e|driver['’]?s licen[cs]e|licen[cs]e|account|acct|bank|case|claim|file|reference|ref|unit|x-ray|accession|episode|appointment|booking|student|staff|employee|veteran|va|id|visa|permit|registration)(?: (?:insurance|security|record|member|policy|card|plan|claim|id|health|patient|hospital|file))?(?:['’]s)?[ .:]{0,2}(?:numbers?|no|num|nr|id|#|№|code)[ .:=#)]{0,3}(?:(?:is|was|of|being|=)[ :]?)?[ ]?(${ID})(?![A-Za-z\\d])`,
      'gi',
    ),
    group: 1,
    accepts: hasDigits(4),
  },
  {
    kind: 'number',
    pattern: new RegExp(
      `\\b(?:nhs|chi|ssn|mrn|nhi|nino|ohip|pps|hospital no|policy|claim|(?:patient|hospital|case|claim|nhs) ref(?:erence)?|health card|member(?:ship)?|patient id|member id|insurance|medicare|medicaid|passport|sort code|account)[ :#=]{1,3}(?:(?:is|no|number)[ :.]?)?(${ID})(?![A-Za-z\\d])`,
      'gi',
    ),
    group: 1,
    accepts: hasDigits(6),
  },
  {
    kind: 'number',
    pattern: /\b(?:ssn|social(?: security)?)\b[^\d\n]{0,15}(\d{3}[ -]?\d{2}[ -]?\d{4})(?!\d)/gi,
    group: 1,
  },
  {
    kind: 'phone',
    pattern: /(?<![\w.,/£$€-])[+(]{0,2}\d[\d ().\-–/]{5,24}\d(?![\w%]|[.,]\d)(?:,? ?(?:ext|extension|x)\.? ?\d{1,6})?/g,
    accepts: ({ written, before }) => isPhoneNumber(written, REACH.test(before)),
  },
  {
    kind: 'phone',
    pattern:
      /\b(?:(?:zero|oh|nought|one|two|three|four|five|six|seven|eight|nine|double|triple|treble|hundred)[ ,-]{1,2}){6,20}(?:zero|oh|nought|one|two|three|four|five|six|seven|eight|nine|hundred)\b/gi,
  },
  {
    kind: 'postcode',
    pattern:
      /(?<![A-Za-z\d])(?:GIR ?0AA|(?:[A-PR-UWYZ]\d[A-HJKPSTUW\d]?|[A-PR-UWYZ][A-HK-Y]\d[ABEHMNPRVWXY\d]?) ?\d[ABD-HJLNP-UW-Z]{2})(?![A-Za-z\d])/g,
    accepts: ({ written, before }) =>
      !/^[CLST]\d{1,2} ?\d(?:ST|ND|RD|TH|WK|HR|YR)$/.test(written) && !/\b[CTLS]\d{1,2}[ ,/-]*$/.test(before),
  },
  {
    kind: 'postcode',
    pattern: /(?<![A-Za-z\d])[a-z]{1,2}\d[a-z\d]? \d[abd-hjlnp-uw-z]{2}(?![A-Za-z\d])/g,
    accepts: ({ written, before }) =>
      /\b(?:post ?code|address|live (?:at|in)|postal|zip)\b[^.\n]{0,40}$/i.test(before) ||
      (/^[a-z]{2}/.test(written) && !/(?:st|nd|rd|th|hr|wk|yr|pt|ft|lb)$/.test(written)),
  },
  { kind: 'postcode', pattern: /(?<![A-Za-z\d])[ABCEGHJ-NPRSTVXY]\d[A-Z][ -]?\d[A-Z]\d(?![A-Za-z\d])/g },
  {
    kind: 'postcode',
    pattern:
      /\b(?:zip|post ?code|postal code|eircode|plz)(?: code)?[ :.]{0,2}(?:is |of )?[ ]?([A-Z]?\d[A-Z\d]{2,4}(?:[ -][A-Z\d]{2,4})?)\b/gi,
    group: 1,
  },
  {
    kind: 'postcode',
    pattern:
      /(?<=,? (?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]),? )\d{5}(?:-\d{4})?(?!\d)/g,
  },
  {
    kind: 'postcode',
    pattern:
      /(?<![A-Za-z\d])[AC-FHKNPRTV-Y]\d[\dW] (?=[A-Z\d]{0,3}\d)(?=\d{0,3}[A-Z])[\dAC-FHKNPRTV-Y]{4}(?![A-Za-z\d])/g,
  },
  {
    kind: 'address',
    pattern: new RegExp(
      `(?<![\\w./-])(?:(?:${FLAT}|[Nn]o\\.?|[Nn]umber)[ .#]{0,2}[\\dA-Za-z]{1,5},? ){0,2}(?:(?:\\p{Lu}[\\p{L}'’-]{1,25} ){1,2}(?:Court|House|Heights|Mansions|Lodge|Building|Tower), )?\\d{1,5}[a-zA-Z]?(?:[-/]\\d{1,4})?,? (?:(?:[NSEW]|North|South|East|West|St|The|Old|Upper|Lower|Great|Little)\\.? ){0,2}(?:\\p{Lu}[\\p{L}'’-]{1,25}|\\d{1,3}(?:st|nd|rd|th))(?: \\p{Lu}[\\p{L}'’-]{1,25}| (?:of|the|de|la)){0,3} ${ANY_STREET}(?![\\p{L}\\d])(?: (?:N|S|E|W|NE|NW|SE|SW|North|South|East|West)\\b)?(?:,? (?:${FLAT}|#)[ .#]{0,2}[\\dA-Za-z]{1,5}|,[ \\n]\\p{Lu}[\\p{L}'’-]{1,25}(?: \\p{Lu}[\\p{L}'’-]{1,25}){0,2}(?: \\d{5}\\b)?){0,4}`,
      'gu',
    ),
  },
  {
    kind: 'address',
    pattern: new RegExp(
      `(?<=\\b(?:live|lives|living|address|based|house|home|stay|staying|located|moved|send|post)\\b[^.\\n\\d]{0,25})\\d{1,5}[a-z]?,? (?:[\\p{L}'’-]{2,25} ){1,3}${STREET}(?![\\p{L}\\d])`,
      'giu',
    ),
  },
  {
    kind: 'address',
    pattern:
      /(?<=\b(?:[Ll]ive|[Ll]ives|[Ll]iving|[Aa]ddress is|[Hh]ome is|[Aa]ddress:) (?:at |in |on )?)(?:\p{Lu}[\p{L}'’-]{1,25} ){1,3}(?:Cottage|House|Farm|Lodge|Hall|Villa|Barn|Rectory|Vicarage|Mill|Manor|Grange|Bungalow|Chapel|Street|Road|Avenue|Lane|Drive|Close|Crescent|Terrace|Gardens|Grove)\b(?: \d{1,4}[a-z]?\b)?(?:,[ \n]\p{Lu}[\p{L}'’-]{1,25}(?: \p{Lu}[\p{L}'’-]{1,25}){0,2}){0,3}/gu,
  },
  { kind: 'address', pattern: /\bp\.? ?o\.? ?box \d{1,6}\b/gi },
  {
    kind: 'address',
    needs: /(?:stra(?:ße|sse|at)|str\.|gasse|weg|platz|allee|laan|gatan|vej) \d/i,
    pattern:
      /\b\p{Lu}[\p{L}-]{2,30}(?:straße|strasse|str\.|gasse|weg|platz|allee|straat|laan|gatan|vej) \d{1,4} ?[a-z]?\b/giu,
  },
  {
    kind: 'address',
    pattern:
      /(?<![\w.])(?:\d{1,4},? (?:bis )?)?(?:[Rr]ue|[Aa]venue|[Bb]oulevard|[Cc]alle|[Vv]ia|[Vv]iale|[Pp]laza|[Pp]iazza|[Rr]ua|[Aa]venida) (?:(?:de|del|della|di|da|du|des|la|le|les|los|l['’]) ?){0,3}\p{Lu}[\p{L}'’-]{1,25}(?: \p{Lu}[\p{L}'’-]{1,25})?(?:,? \d{1,4})?(?:, \d{4,6})?(?:,? \p{Lu}[\p{L}'’-]{1,25})?/gu,
    accepts: hasDigits(1),
  },
  {
    kind: 'birth-date',
    pattern: new RegExp(
      `\\b(?:d\\.?o\\.?b\\.?|dates? of birth|birth ?dates?|birth ?days?|born|geb\\.?)(?: is| was| ?[:;=–-])?(?: on| the| at|\\))?(?: the| on)?[ :(]{0,3}(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?(?:the )?(${DATE})(?![\\d])`,
      'gi',
    ),
    group: 1,
    accepts: ({ written, digits }) => digits.length >= 1 && !/^\d{1,2} ?$/.test(written),
  },
  {
    kind: 'birth-date',
    needs: /birth|dob|d\.o\.b/i,
    pattern: new RegExp(
      `(?<![\\d/.])(${DATE})(?= ?,? \\(?(?:is (?:my|his|her|our|their) (?:birthday|date of birth|dob|birth date)|dob|d\\.o\\.b|date of birth)\\b)`,
      'gi',
    ),
    group: 1,
  },
  {
    kind: 'link',
    needs: /\.\w{2,5}\//,
    pattern:
      /\b(?:https?:\/\/)?(?:[a-z]{2,5}\.)?(?:facebook|fb|instagram|twitter|x|linkedin|tiktok|snapchat|reddit|threads|pinterest|strava|gofundme|caringbridge|patreon|flickr|tumblr|medium|vk|youtube|bsky|github|linktr|onlyfans|soundcloud|twitch|telegram|xing|myspace|quora|t|wa)\.(?:com|net|me|app|ee|org|co\.uk|tv|de)\/[^\s<>"')\]]{2,120}/gi,
    accepts: ({ written }) =>
      !/\.com\/(?:groups?|watch|events|pages|hashtag|search|r|help|nhs|explore|p|reel|results|shorts|playlist)\b(?!\/[^/]*\/(?:user|posts))/i.test(
        written,
      ) && !/\.[a-z]+\/(?:watch\?|r\/)/i.test(written),
  },
  {
    kind: 'link',
    pattern: /(?<![\w@./+-])@[a-z_][\w.]{2,29}(?!\w*@)/gi,
    accepts: ({ written, before }) =>
      !/^@(?:home|work|night|rest|least|times?|school|gym|bedtime|present|midnight|noon|lunch|dinner|hospital|media|the|all|everyone|here|channel|admin|moderators?|nhs\w*|who)$/i.test(
        written.replace(/\.+$/, ''),
      ) &&
      (/[\d_.]\w/.test(written) || written.length >= 5 || MEDIA.test(before)),
  },
  { kind: 'link', pattern: /(?<![\w/])\/?u\/[\w-]{3,30}/g },
  {
    kind: 'link',
    pattern:
      /\b(?:instagram|insta|ig|twitter|snap ?chat|snap|tik ?tok|telegram|discord|skype|kik|reddit|facebook|fb|messenger|linked ?in|youtube|user ?name|handle|strava|steam|wechat|line|viber|x account|screen name|profile|gamertag)(?: (?:is|as|at|name|handle|account|id|user|username|under|me|page|profile|called|add|by|to|on|it['’]s|@))*[ :=(]{1,3}@?([a-z][\w.#:-]{2,31})/gi,
    group: 1,
    accepts: ({ written }) =>
      /[\d_#]|[a-z]\.[a-z]|:[a-z]/i.test(written) &&
      !/^(?:[a-z]+\.(?:com|org|net|co|uk)|covid.*|l\d|c\d)$/i.test(written),
  },
  {
    kind: 'link',
    pattern:
      /\b(?:my|our) (?:web ?site|site|blog|web ?page|home ?page|page|portfolio|channel)(?: is| at|:| address is)?(?: at)? ((?:https?:\/\/)?[\w-]{1,63}(?:\.[\w-]{2,63}){1,3}(?:\/[^\s<>"')]{0,100})?)/gi,
    group: 1,
  },
  {
    kind: 'number',
    pattern:
      /\b(?:reg(?:istration)?|plates?|car|van|vehicle|number ?plate|licen[cs]e ?plate|driving|motorbike|rego)\b[^.\n\d]{0,40}?(?<![A-Za-z\d])([A-Z]{2}\d{2} ?[A-Z]{3}|[A-Z]\d{1,3} ?[A-Z]{3}|\d[A-Z]{3} ?\d{3}|[A-Z]{3}[ -]?\d{3,4})(?![A-Za-z\d])/gi,
    group: 1,
    accepts: ({ written }) => written === written.toUpperCase() || /^[a-z]{2}\d{2} ?[a-z]{3}$/.test(written),
  },
]

const MEDIA =
  /\b(?:insta\w*|ig|twitter|tweet|tik ?tok|snap\w*|handle|follow|dm|message|find|telegram|discord|username|threads|x|tag|me)\b[^\n]{0,30}$/i

/** "john at example dot com"; but "look at nhs.uk" is no address. */
function isSpelledAddress(written: string, before: string) {
  if (/[([{<] ?(?:at|@|dot)| dot |@/i.test(written)) return true
  return new RegExp(`\\bat ${PROVIDERS}\\b`, 'i').test(written)
    ? !/^(?:look|looked|looking|is|it|account)\b/i.test(written)
    : /\b(?:e-?mail|mail|contact|reach|write)(?: (?:me|us|address|to|is|at|on))*[ :]*$/i.test(before)
}
