/** Whether ten digits end with the check digit of an NHS number. */
export function isNhsNumber(digits: string) {
  if (digits.length !== 10 || /^(\d)\1+$/.test(digits)) return false
  const sum = [...digits.slice(0, 9)].reduce((total, digit, index) => total + Number(digit) * (10 - index), 0)
  return (11 - (sum % 11)) % 11 === Number(digits[9])
}

const YEAR = '(?:19|20)\\d{2}'

/** Also those that cost: no person has one. */
const HELPLINES = [
  /^0(?:3[0347]\d|800|808|84[345]|87[0123]|9\d\d)(?!\d{2}[ -])/,
  /^1?[ -]?[(]?8(?:00|33|44|55|66|77|88)[) .-]{1,2}\d{3}[ .-]?\d{4}$/,
  /^1[38]00(?!\d{4}$)/,
  /^116 ?123$/,
]

export const isHelpline = (written: string) => HELPLINES.some((shape) => shape.test(written))

/** 07700 900123, 0161 496 0000, 020 7946 0018, 087 261 9943, (0)1632 960001 */
const hasAreaCode = (digits: string, groups: string[]) =>
  /^0[1-9]\d{7,9}$/.test(digits) && groups.at(-1)!.length >= 2 && groups.length <= 5

/** (415) 555-0132, 415.555.0132, 1-415-555-0132 */
const isAmerican = (digits: string, groups: string[]) => {
  const [area = '', exchange = '', line = '', ...rest] = groups[0] === '1' ? groups.slice(1) : groups
  const isGrouped = area.length === 3 && exchange.length === 3 && line.length === 4 && rest.length === 0
  return isGrouped && /^1?[2-9]\d{2}\d{7}$/.test(digits)
}

const isInternational = (written: string, digits: string) =>
  (/^[(]?\+/.test(written) || /^00[1-9]/.test(digits)) && digits.length >= 9 && digits.length <= 15

/** Whether digits, grouped as somebody wrote them, look like those of a telephone. */
export function isPhoneShaped(written: string, digits: string) {
  if (/[A-Za-z]/.test(written)) return false
  const groups = written.match(/\d+/g) ?? []
  return isInternational(written, digits) || hasAreaCode(digits, groups) || isAmerican(digits, groups)
}

const SHAPES_OF_TIME = [
  new RegExp(`^${YEAR}[-/. ]\\d{1,2}[-/. ]\\d{1,2}$`),
  new RegExp(`^\\d{1,2}[-/. ]\\d{1,2}[-/. ]${YEAR}$`),
  /^\d{1,2}[-/.]\d{1,2}[-/.]\d{2}$/,
  new RegExp(`^${YEAR}(?:[ /–-]+(?:${YEAR}|\\d{2}))+$`),
  /^\d{1,2}[-/.]\d{1,2}[-/. ]+\d{1,2}[-/.]\d{1,2}$/,
]

/** A date, or years: "12/03/2021", "2019-2021", "2015 2016 2017". */
export const isTime = (written: string) => SHAPES_OF_TIME.some((shape) => shape.test(written))

/** "8 7 6 5 4 3 2", "30/500", "3x10", "1 000 000" */
export function isCount(written: string, digits: string) {
  if (/[A-Za-z]/.test(written)) return false
  const groups = written.match(/\d+/g) ?? []
  if (/000$/.test(digits) && !/^0/.test(digits) && !written.includes('-')) return true
  if (groups.length >= 3 && groups.every((group) => group.length <= 2) && !/^\d{2}(?:-\d{2}){2,}$/.test(written))
    return true
  return groups.length === 2 && /^\d{1,3}[/.]\d{1,3}$/.test(written)
}

/** "3.14159", "1,250,000", "0.25-0.5" */
export const isDecimal = (written: string, before: string, after: string) =>
  /\d[,.:]$/.test(before) || /^[,.:]\d/.test(after) || /^\d{1,3}\.\d+(?:[-–/ ]+\d{1,3}\.\d+)*$/.test(written)

/** "L4", "PHQ-9", "HLA-B27", "M54.16" */
export const isProductCode = (written: string) =>
  /^(?:M|MR|CT|B|T|L|S|C|D|ICD|NG|CG|TA|EN|ISO|E|PHQ|GAD|SF|EQ|HLA|IL|TNF|COX|CYP|BRCA|GLP|SGLT|H|Q)-?\d{1,3}(?:[-./]\w{1,4}){0,2}$/i.test(
    written,
  )

/** National Insurance, Great Britain: "QQ 12 34 56 C" */
export const isInsuranceNumber = (written: string) =>
  /^(?!BG|GB|KN|NK|NT|TN|ZZ)[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]$/i.test(written)
