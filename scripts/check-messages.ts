/**
 * Reads every sentence out of src/ and views/, refuses those that ICU cannot format, and leaves them all in
 * .cache/messages.json: what a translator starts from.
 */
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import process from 'node:process'
import { IntlMessageFormat } from 'intl-messageformat'

const CALLS = /\b(?:t|tHtml|notice|new Conflict)\(\s*(?:'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)")/g
const FROM_PIECES = /\bt(?:Html)?\(\s*(?:`[^`]*\$\{|'[^']*'\s*\+)/g

const files = globSync(['src/**/*.ts', 'views/**/*.eta']).sort()
const sentences = new Map<string, string>()
const problems: string[] = []

for (const file of files) {
  const text = readFileSync(file, 'utf8')
  for (const [, single, double] of text.matchAll(CALLS)) sentences.set(unquoted(single ?? double ?? ''), file)
  // what is named _attributes stands inside a tag
  if (file.endsWith('.eta') && !file.endsWith('_attributes.eta'))
    for (const words of untranslated(text)) problems.push(`${file}: "${words}" does not go through t()`)
  for (const [call] of text.matchAll(FROM_PIECES))
    problems.push(`${file}: ${call} puts a sentence together from pieces`)
}

for (const [sentence, file] of sentences) {
  try {
    new IntlMessageFormat(sentence, 'en', undefined, { ignoreTag: !/<\/\w+>/.test(sentence) })
  } catch (error) {
    problems.push(`${file}: "${sentence}" ${(error as Error).message}`)
  }
  if (/'[{<][^']*'/.test(sentence)) problems.push(`${file}: "${sentence}" prints what stands between its apostrophes`)
}

mkdirSync('.cache', { recursive: true })
writeFileSync('.cache/messages.json', `${JSON.stringify([...sentences.keys()].sort(), null, 2)}\n`)
for (const problem of problems) console.error(problem)
process.exit(problems.length > 0 ? 1 : 0)

function unquoted(literal: string) {
  return literal.replace(/\\(.)/g, '$1')
}

/** What stands between the tags of a template by itself. */
function untranslated(template: string) {
  const between = template.replace(/<%.*?%>/gs, '\u0000').replace(/<[^>]*>/g, '\n')
  return between.split('\n').filter((line) => /\p{L}{2}/u.test(line))
}
