import assert from 'node:assert/strict'
import { test } from 'node:test'
import { markedHtml, passageOf } from '../../src/finding/marks.ts'

test('words are marked in whatever form they stand, and the rest is escaped', () => {
  assert.equal(
    markedHtml('Knees & <b>knee’s</b>', [['knee']]),
    '<mark>Knees</mark> &amp; &lt;b&gt;<mark>knee’s</mark>&lt;/b&gt;',
  )
})

test('words that belong together are marked only side by side', () => {
  const marks = [['slipped', 'disc']]
  assert.equal(markedHtml('A slipped disc, not a disc', marks), 'A <mark>slipped disc</mark>, not a disc')
})

test('neighbours are marked as one', () => {
  assert.equal(markedHtml('my heel pain', [['heel'], ['pain']]), 'my <mark>heel pain</mark>')
})

test('of a long text the part is shown that holds most of what was looked for', () => {
  const text = `${'Nothing to see here at all. '.repeat(20)}My heel hurts. ${'More of nothing. '.repeat(20)}`
  const passage = passageOf(text, [['heel']], 100)
  assert.match(passage, /^….*My heel hurts.*…$/)
  assert.ok(passage.length <= 102)
})

test('without anything to mark a text is shown from its beginning, in whole words', () => {
  assert.equal(passageOf('one two three four', [], 10), 'one two…')
  assert.equal(passageOf('one two', [], 10), 'one two')
})

test('a word without an end is cut', () => {
  assert.ok(passageOf('x'.repeat(500), [], 100).length <= 102)
})
