/** Whether ten digits end with the check digit of an NHS number. */
export function isNhsNumber(digits: string) {
  if (digits.length !== 10 || /^(\d)\1+$/.test(digits)) return false
  const sum = [...digits.slice(0, 9)].reduce((total, digit, index) => total + Number(digit) * (10 - index), 0)
  return (11 - (sum % 11)) % 11 === Number(digits[9])
}

/** Whether the last digit of a card's number fits the others. */
export function isCardNumber(digits: string) {
  if (digits.length < 13 || digits.length > 19) return false
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const doubled = Number(digit) * (index % 2 === 0 ? 1 : 2)
    return total + (doubled > 9 ? doubled - 9 : doubled)
  }, 0)
  return sum % 10 === 0
}

/** Also those that cost: no person has one. */
const HELPLINE = /^(?:0[38]|1?8(?:00|33|44|55|66|77|88))/

/** Whether digits, grouped as somebody wrote them, can be called; helplines belong to nobody. */
export function isPhoneNumber(written: string, isExpected: boolean) {
  const digits = written.replace(/\D/g, '')
  const groups = written.match(/\d+/g) ?? []
  if (HELPLINE.test(digits) || digits.length < 7 || digits.length > 15) return false
  if (isDate(written)) return false
  if (written.startsWith('+') || (/^00[1-9]/.test(digits) && groups.length > 1)) return digits.length >= 9
  return isExpected || isBritish(digits, groups) || isAmerican(digits, groups)
}

/** 07700 900123, 0161 496 0000, 020 7946 0018, (0)1632 960001 */
const isBritish = (digits: string, groups: string[]) =>
  /^0[12579]\d{8,9}$/.test(digits) && groups.at(-1)!.length >= 3 && groups.length <= 5

/** (415) 555-0132, 415.555.0132, 1-415-555-0132 */
const isAmerican = (digits: string, groups: string[]) => {
  const [area = '', exchange = '', line = '', ...rest] = groups[0] === '1' ? groups.slice(1) : groups
  const isGrouped = area.length === 3 && exchange.length === 3 && line.length === 4 && rest.length === 0
  return isGrouped && /^1?[2-9]\d{2}\d{7}$/.test(digits)
}

const isDate = (written: string) =>
  /^\d{4}[-/. ]\d{1,2}[-/. ]\d{1,2}$/.test(written) ||
  /^\d{1,2}[-/. ]\d{1,2}[-/. ]\d{4}$/.test(written) ||
  /^\d{4} ?[-–] ?\d{4}$/.test(written)
