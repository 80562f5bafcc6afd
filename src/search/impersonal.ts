const MOST_DIGITS = 4
const NUMBERS = /\d[\d\s().,/+-]*\d|\d/g
/** "Dr Reed", "my name is Ada Lovelace" */
const INTRODUCED =
  /\b(?:mr|mrs|ms|miss|dr|prof)\b\.?\s+[\p{L}'’-]+|\bname(?:'s|’s| is)\s+[\p{L}'’-]+(?:\s+[\p{L}'’-]+)?/giu

export const isShortNumber = (text: string) => text.replace(/\D/g, '').length <= MOST_DIGITS

/** Without long numbers and names that are said to be names. */
export const impersonal = (text: string) =>
  text.replace(INTRODUCED, ' ').replace(NUMBERS, (digits) => (isShortNumber(digits) ? digits : ' '))
