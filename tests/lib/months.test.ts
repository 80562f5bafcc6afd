import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addMonths } from '../../src/lib/months.ts'

const later = (day: string, months: number) => addMonths(new Date(day), months).toISOString().slice(0, 10)

test('months later it is the same day', () => {
  assert.equal(later('2026-03-15', 24), '2028-03-15')
  assert.equal(later('2026-11-30', 3), '2027-02-28')
  assert.equal(later('2024-02-29', 12), '2025-02-28')
})
