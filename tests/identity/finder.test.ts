import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { measure, readLines } from '../../bench/identity/measure.ts'
import { findIdentity } from '../../src/identity/finder.ts'

const said = (text: string, known?: string[]) => findIdentity(text, known).map((find) => find.text)

for (const file of readdirSync(import.meta.dirname).filter((name) => name.endsWith('.jsonl')))
  test(`${file}: of what identifies 95 in 100 are found, and little else`, () => {
    const { recall, falseAlarms } = measure(
      readLines(readFileSync(join(import.meta.dirname, file), 'utf8')),
      findIdentity,
    )
    assert.ok(recall >= 0.95, `recall ${recall}`)
    assert.ok(falseAlarms <= 0.05, `false alarms ${falseAlarms}`)
  })

test('a name is found by what stands around it', () => {
  assert.deepEqual(said('my name is john smith and my back hurts'), ['john smith'])
  assert.deepEqual(said("Dr Patel at St Mary's in Leeds says rest"), ["Dr Patel at St Mary's in Leeds"])
  assert.deepEqual(said('Should I run?\nThanks,\nJohn Smith'), ['John Smith'])
  assert.deepEqual(said('My wife Karen has it too.'), ['Karen'])
})

test('what is called after somebody, levels, doses and dates of treatment are left alone', () => {
  for (const text of [
    "McKenzie exercises for a Baker's cyst, Schmorl's nodes at T10 and a Cobb angle of 22",
    'L5/S1 and C5-C6, 400 mg three times a day since 12/03/2024, pain 7/10',
    'I am Diabetic. I am Desperate. I am Post-op. Thanks Doctor',
  ])
    assert.deepEqual(said(text), [], text)
})

test('ten digits are an NHS number only with the right check digit', () => {
  assert.deepEqual(said('It is 943 476 5919.'), ['943 476 5919'])
  assert.deepEqual(said('It is 9434765918.'), [])
})

test("whoever is signed in is known by their full name, a helpline by nobody's", () => {
  assert.deepEqual(said('They wrote ada lovelace on the scan.', ['Ada Lovelace']), ['ada lovelace'])
  assert.deepEqual(said('The mark hurts.', ['Mark']), [])
  assert.deepEqual(said('Call 0800 1111, 111 or 0300 123 3393.'), [])
})

test('no text is slow', () => {
  const units = [
    'a',
    'A',
    '1',
    '1 ',
    '@',
    'a.',
    'a@',
    'a at ',
    'a dot ',
    'Aa ',
    'one ',
    '\n',
    'I am ',
    'Dr ',
    'Dr Aa ',
    'John ',
  ]
  const more = [
    'my name is ',
    'thanks ',
    'for the ',
    'Thanks, Jo\n',
    '12 Aa ',
    'NHS 1',
    'born ',
    '1/1/1 ',
    'van der ',
    'at St ',
  ]
  for (const unit of [...units, ...more]) {
    const from = performance.now()
    findIdentity(unit.repeat(20_000 / unit.length))
    assert.ok(performance.now() - from < 3_000, unit)
  }
})
