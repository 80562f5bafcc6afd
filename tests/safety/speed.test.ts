import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Random, randomFrom } from '../../scripts/learning/random.ts'
import { originalRules } from '../../src/safety/rule-files.ts'
import { matcherOf } from '../../src/safety/rules.ts'

const matcher = matcherOf(originalRules())
const LENGTH = 20_000
/** A hundred times what such a text takes: only what grows faster than its length takes so long. */
const MOST_MS = 2_000

const PIECES = [
  ...[
    'no ',
    'not ',
    'and ',
    ', ',
    '. ',
    'my ',
    'the ',
    'cant ',
    'chest ',
    'pain ',
    'numb ',
    'back ',
    'if ',
    'what is ',
  ],
  ...[
    'fever ',
    'leg ',
    'weak ',
    'sudden ',
    'years ago ',
    'but ',
    '39.5 ',
    'numbbness ',
    'x',
    'é',
    '\n',
    '\u200d',
    '🦴 ',
  ],
]

test('no text makes it slow', () => {
  const random = randomFrom(7)
  const texts = [
    ...PIECES.map((piece) => piece.repeat(Math.ceil(LENGTH / piece.length))),
    ...Array.from({ length: 40 }, () => mixed(random)),
    'a'.repeat(LENGTH),
    Array.from({ length: LENGTH / 10 }, (_, index) => `bladdre${index}x`).join(' '),
  ]
  for (const text of texts) {
    const start = performance.now()
    matcher.check(text.slice(0, LENGTH))
    assert.ok(performance.now() - start < MOST_MS, text.slice(0, 60))
  }
})

function mixed(random: Random) {
  const few = Array.from({ length: 4 }, () => PIECES[Math.floor(random() * PIECES.length)]!)
  let text = ''
  while (text.length < LENGTH) text += few[Math.floor(random() * few.length)]
  return text
}
