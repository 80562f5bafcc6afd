import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createBreaker } from '../../src/search/meaning.ts'
import { SignTable, signsOf } from '../../src/search/signs.ts'

const DIMENSIONS = 70
const vectorOf = (seed: number) =>
  Float32Array.from({ length: DIMENSIONS }, (_, index) => (Math.sin(seed * 12.9898 + index * 78.233) * 43_758.5453) % 1)

test('those that differ in the fewest signs are found among thousands', () => {
  const table = new SignTable(DIMENSIONS)
  const signs = Array.from({ length: 3_000 }, (_, seed) => signsOf(vectorOf(seed)))
  for (const [id, one] of signs.entries()) table.add(id, one)
  const differing = (one: Uint8Array, other: Uint8Array) =>
    one.reduce((sum, byte, index) => sum + (byte ^ other[index]!).toString(2).replaceAll('0', '').length, 0)
  const wanted = signsOf(vectorOf(1_234))
  const distances = signs.map((one) => differing(one, wanted))
  const farthest = distances.toSorted((a, b) => a - b)[9]!
  const expected = [...distances.keys()].filter((id) => distances[id]! <= farthest)
  assert.deepEqual(table.closest(wanted, 10), expected)
  assert.ok(expected.includes(1_234))
})

test('of fewer than are wanted all are found, of none none', () => {
  const table = new SignTable(DIMENSIONS)
  assert.deepEqual(table.closest(signsOf(vectorOf(1)), 10), [])
  table.add(7, signsOf(vectorOf(2)))
  assert.deepEqual(table.closest(signsOf(vectorOf(1)), 10), [7])
})

test('three failures in a row make a pause, longer each time; one success ends it', () => {
  let now = 0
  const breaker = createBreaker(() => now)
  for (const _ of [1, 2, 3]) {
    assert.ok(breaker.mayTry())
    breaker.failed()
  }
  assert.equal(breaker.mayTry(), false)
  now += 30_000
  assert.ok(breaker.mayTry())
  assert.equal(breaker.mayTry(), false) // one alone tries
  breaker.failed()
  now += 59_000
  assert.equal(breaker.mayTry(), false)
  now += 1_000
  assert.ok(breaker.mayTry())
  breaker.succeeded()
  assert.ok(breaker.mayTry() && breaker.mayTry())
})
