import assert from 'node:assert/strict'
import { test } from 'node:test'
import { excerptOf } from '../../src/lib/excerpts.ts'

test('an excerpt is plain text on one line', () => {
  const text = '# My *back*\n\n- hurts & [aches](https://a.org)\n- at "L5<S1"\nnow'
  assert.equal(excerptOf(text), 'My back hurts & aches at "L5<S1" now')
})

test('an excerpt ends after a whole word', () => {
  assert.equal(excerptOf('one two, three', 10), 'one two…')
  assert.equal(excerptOf('one two three', 7), 'one…')
  assert.equal(excerptOf('one two three', 8), 'one two…')
  assert.equal(excerptOf('one two', 7), 'one two')
})

test('an excerpt is never longer than asked for', () => {
  for (const text of ['word '.repeat(100), 'x'.repeat(1000), 'ab '.repeat(100)])
    assert.ok(excerptOf(text).length <= 160)
})

test('HTML that was typed is text', () => {
  assert.equal(excerptOf('<script>alert(1)</script> &amp; so'), '<script>alert(1)</script> & so')
})
