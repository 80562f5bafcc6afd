/**
 * What is true of a word, as numbers: a template ("the word before is … and the sign between is …") with up to four symbols in
 * it. Numbers, since making and looking up as many texts for each word would take most of the time of a check.
 */
const symbols: string[] = ['']
const numbers = new Map<string, number>([['', 0]])
const MOST_SYMBOLS = 512

export function symbol(name: string) {
  const known = numbers.get(name)
  if (known !== undefined) return known
  if (symbols.length === MOST_SYMBOLS) throw new Error('More symbols than a feature has room for.')
  numbers.set(name, symbols.length)
  return symbols.push(name) - 1
}

/** One feature as a number. */
export const feature = (template: number, a = 0, b = 0, c = 0, d = 0) =>
  (((template * MOST_SYMBOLS + a) * MOST_SYMBOLS + b) * MOST_SYMBOLS + c) * MOST_SYMBOLS + d

/** "before|relation|_|plain", as the file of weights has it. */
export function writtenFeature(value: number) {
  const parts: string[] = []
  for (let rest = value; rest > 0; rest = Math.floor(rest / MOST_SYMBOLS)) parts.unshift(symbols[rest % MOST_SYMBOLS]!)
  return parts.join('|').replace(/\|+$/, '')
}

export function readFeature(written: string) {
  const [template, a, b, c, d] = written.split('|').map(symbol)
  return feature(template!, a, b, c, d)
}
