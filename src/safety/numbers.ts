const UNITS =
  /^(mg|mcg|ug|ml|g|kg|lb|lbs|unit|iu|percent|mile|minute|min|hour|hr|day|week|wk|month|year|yr|yo|k|km|cm|mm|stone|st|pm|am)/
const AGE = /^(yr|year|yo|y|month|mo|mth|week|wk)/

export const isNumber = (word: string) => /^\d/.test(word)

/** What a number may mean, by the names that lists of words have for it: a fever, many tablets, an age. */
export function meaningsOf(word: string, [next = '', second = '']: string[]) {
  const value = Number(word)
  const isWhole = Number.isInteger(value)
  const isFever = (value >= 38 && value <= 42.5) || (value >= 100.4 && value <= 107)
  const hasUnit = UNITS.test(next)
  const isAge = AGE.test(next) && (next === 'yo' || second === 'old' || second === 'o')
  const says: Record<string, boolean> = {
    '#number': true,
    '#fever': isFever,
    '#feverish': isFever && !isWhole && !hasUnit,
    '#many': value >= 10 && value <= 300 && !hasUnit,
    '#year': value >= 1940 && value <= 2099 && isWhole,
    '#tiny': value <= 3,
    '#small': value <= 16,
    '#twenties': value <= 30,
    '#child': value <= 16 && isAge,
    '#gestation': value >= 5 && value <= 42 && next.startsWith('w'),
    '#old': value >= 50 && value <= 110,
    '#aged': value >= 70 && value <= 110,
  }
  return Object.keys(says).filter((name) => says[name])
}
