import assert from 'node:assert/strict'
import { test } from 'node:test'
import { build, signedIn, textOf } from '../helper.ts'

test('every page leads to those who run the site, by mail or by a page of theirs', async (t) => {
  for (const [contact, href] of [
    ['help@example.org', 'mailto:help@example.org'],
    ['https://example.org/@help', 'https://example.org/@help'],
  ] as const) {
    const { app } = await build(t, { contact })
    for (const path of ['/', '/nowhere']) {
      const page = await app.inject(path)
      assert.ok(page.body.includes(`<a href="${href}">Write to us</a>`), `${contact} ${path}`)
    }
  }
})

test('errors and the closing of an account say where to write, or nothing of writing', async (t) => {
  const reachable = await build(t, { contact: 'help@example.org' })
  const silent = await build(t)
  const closure = async ({ app, database }: typeof silent) => {
    const { cookie } = await signedIn(database)
    return textOf(await app.inject({ url: '/account/closure', headers: { cookie } }))
  }

  assert.match(textOf(await reachable.app.inject('/nowhere')), /Do you think this is a mistake\? Write to us/)
  assert.match(await closure(reachable), /Tell us, and we take it out by hand\. Write to us/)
  for (const text of [textOf(await silent.app.inject('/nowhere')), await closure(silent)])
    assert.doesNotMatch(text, /[Ww]rite to us|Tell us, and/)
})
