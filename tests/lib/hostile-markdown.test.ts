import assert from 'node:assert/strict'
import { test } from 'node:test'
import { excerptOf } from '../../src/lib/excerpts.ts'
import { renderMarkdown } from '../../src/lib/markdown.ts'

const LENGTH = 50_000
/** About ten times what the slowest takes; time that grows with the square of the length takes far more. */
const LONGEST_MS = 2_000

const repeated = (unit: string) => unit.repeat(Math.ceil(LENGTH / unit.length)).slice(0, LENGTH)
const nested = (open: string, close: string) => open.repeat(LENGTH / 10) + close.repeat(LENGTH / 10)
const stairs = (step: string, item: string) =>
  Array.from({ length: 220 }, (_, depth) => step.repeat(depth) + item).join('\n')

const units = [
  ...['[', '*', '_', '`', '~', '>', '<', '&', '\\', '|', '#', '=', ' ', '\t', '\n', '!', '\0', '\ud800', '\u202e'],
  ...['> ', '- ', '+ ', '1. ', 'a. ', 'i) ', '> - ', '- > ', '- ```\n', '> a\nb\n', '>> a\n> b\nc\n'],
  ...['a*', 'a_', '***a', '*a **a ', '*a_ ', '~~a ', 'a. *&*', 'b. **(*', '-**é_', '<__c) ', '*[`<_>`]('],
  ...['[a](', '[a](b', '[a](<b', '![a](b', '[a][b]', '[\\]', '[a](b "', "[a](b '", '[a]: b\n', '[a]: b "', '\\```'],
  ...['<a ', '<a b="', '<!--', '<!-- a\n', '<![CDATA[', '<?', '<div>\n', '<script>\n', '<http://a'],
  ...['a|b\n-|-\n', 'a|b\n-|-|-\n', 'a\n-\n', '|a\n|-\n', '|-', '\n|a|b|\n|-|-|\n', '# a\n', '* * ', '- - -\n'],
  ...['http://a', 'www.', 'a@', 'a@b.c ', 'mailto:', 'http://a.b?!', 'a\\\n', '    a\n', '- a\n\n  b\n', '\n- '],
  ...['a. b\nb. c\n', 'a. b\nc\n', 'x\na. b\n', 'a. b\n   z. d\n', 'i. b\nii. c\n', '1. a\n2) b\n'],
]

const texts: Record<string, string> = {
  ...Object.fromEntries(units.map((unit) => [JSON.stringify(unit), repeated(unit)])),
  'nested brackets': nested('[', ']'),
  'nested links': nested('[a', '](b)'),
  'nested emphasis': nested('*a ', ' a*'),
  'nested strong emphasis': nested('**a ', 'a** '),
  'nested parentheses': `[a](${nested('(', ')')})`,
  'an open link closed at last': `${repeated('[a](b')})`,
  'blanks in a line': `a${repeated(' ')}b`,
  'an address that does not end': `http://a.${repeated(')')}`,
  'a mail address that does not end': `${repeated('a')}@`,
  'a wide table': `|${repeated('a|')}\n|${repeated('-|')}`,
  'a long table': `a|b\n-|-\n${repeated('a|b\n')}`,
  'a stair of bullets': stairs(' ', '- a'),
  'a stair of numbers': stairs('  ', '1. a'),
  'a stair of letters': stairs('   ', 'a. a\nb. b'),
  'a stair of quotes': stairs('>', ' a'),
}

for (const [name, text] of Object.entries(texts))
  test(`${name}, over and over, is rendered in time`, () => {
    const start = performance.now()
    renderMarkdown(text)
    excerptOf(text)
    assert.ok(performance.now() - start < LONGEST_MS, `${performance.now() - start} ms`)
  })

test('nothing people may type stops it', () => {
  const pieces = [...units, 'word ', '\n\n', '](http://a.b)', '&#0;', '| a | b |\n|--|--|\n', '[x] ', '\r\n', '$&', '’']
  const random = pseudoRandom(20_070_926)
  for (let round = 0; round < 300; round += 1) {
    const text = Array.from({ length: random(60) }, () => pieces[random(pieces.length)]).join('')
    assert.doesNotThrow(() => renderMarkdown(text), JSON.stringify(text))
  }
})

/** The same numbers on each run, so that a failure can be repeated. */
function pseudoRandom(seed: number) {
  let state = seed
  return (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}
