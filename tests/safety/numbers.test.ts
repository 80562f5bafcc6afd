import assert from 'node:assert/strict'
import { test } from 'node:test'
import { originalRules } from '../../src/safety/rule-files.ts'
import { buildWithAsker, CRISIS } from '../asking/asker.ts'
import { textOf } from '../helper.ts'

const TAKEN = { title: 'Too many tablets', body: 'I took 40 paracetamol tablets an hour ago.', action: 'preview' }

test('whoever has taken too much finds the number the page speaks of', async (t) => {
  const { ask } = await buildWithAsker(t)

  const page = async (country: string) => textOf(await ask({ ...CRISIS, ...TAKEN, country }))
  assert.match(
    await page('GB'),
    /999.*NHS 111.*number for poisoning or for urgent advice.*Where there is none, call the emergency/,
  )
  assert.match(await page('DE'), /112.*Giftnotruf.*030 19240.*116 117/)
  assert.match(await page('US'), /911.*Poison Help.*1 800 222 1222/)
})

test('each number is a button that calls, with the website beside it', async (t) => {
  const { ask } = await buildWithAsker(t)

  const { body } = await ask({ ...CRISIS, ...TAKEN })
  assert.match(body, /<a class="button is-quiet" href="tel:116123">/)
  assert.match(body, /<a href="https:\/\/www\.samaritans\.org"[^>]*>samaritans\.org<\/a>/)
})

test('whoever comes to a country finds somebody to call there, and no line that is closed', () => {
  for (const [code, { crisis, young, minimumAge }] of Object.entries(originalRules().countries)) {
    assert.ok(crisis.length > 0 && young.length > 0 && minimumAge > 0, code)
    for (const { name, phone, url } of [...crisis, ...young]) {
      assert.ok(phone ?? url, `${code} ${name}`)
      assert.doesNotMatch(name, /The Mix/)
    }
  }
})
