import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newPseudonym } from '../../src/lib/pseudonyms.ts'

test('a pseudonym is two plain words and a number', () => {
  for (let round = 0; round < 1000; round += 1) assert.match(newPseudonym(), /^[A-Z][a-z]+ [A-Z][a-z]+ [1-9]\d\d$/)
})

test('pseudonyms hardly ever repeat', () => {
  const names = new Set(Array.from({ length: 1000 }, newPseudonym))
  assert.ok(names.size >= 998, `${names.size} of 1000`)
})
