import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cursorOf, pageOf, positionOf } from '../../src/lib/paging.ts'

const at = new Date('2007-09-26T08:55:10.123Z')
const rowsTo = (count: number) => Array.from({ length: count }, (_, id) => ({ at, id }))
const itself = (row: { at: Date; id: number }) => row

test('a cursor names its position', () => {
  const cursor = cursorOf({ at, id: 123_456 })
  assert.match(cursor, /^[0-9a-z]+-[0-9a-z]+$/)
  assert.deepEqual(positionOf(cursor), { at, id: 123_456 })
})

for (const cursor of [
  undefined,
  '',
  'x',
  '-',
  'a-',
  '-a',
  'A-B',
  '1-2-3',
  "1'-2",
  'zzzzzzzzzz-1',
  '1-zzzzzzz',
  '1-zik0zk',
])
  test(`${JSON.stringify(cursor)} is no cursor`, () => {
    assert.equal(positionOf(cursor), undefined)
  })

test('a full page that nothing follows is the last', () => {
  assert.deepEqual(pageOf(rowsTo(3), itself, 3), { rows: rowsTo(3), next: undefined })
  assert.deepEqual(pageOf([], itself, 3), { rows: [], next: undefined })
})

test('the row too many stays for the next page', () => {
  assert.deepEqual(pageOf(rowsTo(4), itself, 3), { rows: rowsTo(3), next: cursorOf({ at, id: 2 }) })
})
