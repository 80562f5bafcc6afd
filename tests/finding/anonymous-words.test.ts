import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anonymousWords } from '../../src/finding/anonymous-words.ts'

test('a search is kept as its words in one spelling', () => {
  assert.equal(anonymousWords('  Heel PAIN, in the mornings?! '), 'heel pain in the morning')
})

test('addresses, long numbers and dates are not kept', () => {
  assert.equal(anonymousWords('ada@example.org knee'), 'knee')
  assert.equal(anonymousWords('knee 07700 900123 call me'), 'knee call me')
  assert.equal(anonymousWords('born 12/03/1950 hip'), 'born hip')
  assert.equal(anonymousWords('nhs 9434765919 hip'), 'nhs hip')
  assert.equal(anonymousWords('https://example.org/me hip'), 'hip')
})

test('short numbers say what hurts', () => {
  assert.equal(anonymousWords('L5 S1 disc, 10 mg'), 'l5 s1 disc 10 mg')
})

test('what looks like a name is not kept', () => {
  assert.equal(anonymousWords('knee pain Ada Lovelace'), 'knee pain')
  assert.equal(anonymousWords('Ada Lovelace knee'), 'knee')
  assert.equal(anonymousWords('is dr reed good for backs'), 'is good for back')
  assert.equal(anonymousWords('my name is ada lovelace'), 'my')
})

test('a search is cut at a hundred characters, between words', () => {
  const words = anonymousWords('sciatica '.repeat(50))
  assert.ok(words.length <= 100)
  assert.match(words, /^(sciatica )+sciatica$/)
})
