import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compareTexts } from '../../src/lib/differences.ts'

const joined = (before: string, after: string, without: 'added' | 'removed') =>
  compareTexts(before, after)
    .filter(({ kind }) => kind !== without)
    .map(({ text }) => text)
    .join('')

test('texts are compared word by word', () => {
  assert.deepEqual(compareTexts('My back hurts.\nSince May.', 'My lower back hurts.\nSince June.'), [
    { kind: 'same', text: 'My ' },
    { kind: 'added', text: 'lower ' },
    { kind: 'same', text: 'back hurts.\nSince ' },
    { kind: 'removed', text: 'May' },
    { kind: 'added', text: 'June' },
    { kind: 'same', text: '.' },
  ])
})

test('a text that stayed as it was has no differences', () => {
  assert.deepEqual(compareTexts('one\ntwo', 'one\ntwo'), [{ kind: 'same', text: 'one\ntwo' }])
})

test('both texts can be put together again, lines and all', () => {
  const before = '# One\n\n- two\n- three  \n\n\nfour & <five>'
  const after = '# One!\n\n- two and a half\n\n\tfour & <six>\n'
  assert.equal(joined(before, after, 'added'), before)
  assert.equal(joined(before, after, 'removed'), after)
})

test('long texts with nothing in common are shown whole', () => {
  const [before, after] = ['a\n'.repeat(20_000), 'b\n'.repeat(20_000)]
  assert.deepEqual(compareTexts(before, after), [
    { kind: 'removed', text: before },
    { kind: 'added', text: after },
  ])
})
