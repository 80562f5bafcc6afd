import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withoutQuotes } from '../../src/lib/quotes.ts'

const ASKED = 'My back has hurt since I fell off a ladder in May.\n\nI don’t sleep. What can I do?'

const cases: [string, string, string][] = [
  ['a quoted line', '> I don’t sleep.\n\nTry a pillow.', '> […].\n\nTry a pillow.'],
  ['a quoted line of one word that was said', '> ladder\n\nMind it.', '> […]\n\nMind it.'],
  ['a quoted line of something else', '> Warmth helps\n\nSo they say.', '> Warmth helps\n\nSo they say.'],
  ['a quotation', 'You say “I fell off a ladder”: when?', 'You say “[…]”: when?'],
  ['straight quotation marks', 'You say "I don\'t sleep" here.', 'You say "[…]" here.'],
  ['two words in quotation marks', 'What “a ladder” does.', 'What “a ladder” does.'],
  ['a run of words without any marks', 'As you fell off a ladder in May, rest.', 'As you […], rest.'],
  ['in other letters and line ends', 'So SINCE I fell\noff a LADDER it is', 'So […] it is'],
  ['a few words in common', 'A fall off a ladder can hurt your back.', 'A fall off a ladder can hurt your back.'],
  ['nothing', '', ''],
]

for (const [what, text, wanted] of cases)
  test(`of what was erased, ${what}`, () => {
    assert.equal(withoutQuotes(text, ['Does my back hurt?', ASKED, '']), wanted)
  })
