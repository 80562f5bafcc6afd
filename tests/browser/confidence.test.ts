import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { plantCategory, verifiedExpert } from '../fixtures.ts'
import { signedIn } from '../helper.ts'
import { openBrowser, visit } from './browser.ts'
import { lastMail, openEmptyForum } from './forum.ts'
import { choose } from './walks.ts'

const browser = await openBrowser()

const TITLE = 'May I go on riding with a sore tailbone?'
const TOLD = 'My name is Mary Jones. It has been sore since the birth, most of all when I sit.'

for (const javaScriptEnabled of [true, false])
  test(`asked of one expert, answered, and published without what tells, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async (t) => {
    const { url, database } = await openEmptyForum(t)
    await plantCategory(database)
    const vera = await verifiedExpert(database)
    const asker = await signedIn(database, 'member', 'Mary Jones', ['health-data'])
    const enter = async (cookie?: string) => (await visit(browser, { url, javaScriptEnabled, cookie })).newPage()
    const [askers, experts, visitors] = [await enter(asker.cookie), await enter(vera.cookie), await enter()]

    const path = await askVera(askers, vera.handle)
    assert.match(await askers.locator('main').innerText(), /Only you, Vera Lund and our staff.*Nobody yet/s)
    await isNowhere(visitors, path)

    const mail = await lastMail(database)
    assert.doesNotMatch(`${mail.subject} ${mail.text}`, /tailbone|riding|Mary/)
    await answer(experts, mail.link)
    await isNowhere(visitors, path)

    await askers.goto((await lastMail(database)).link)
    assert.match(await askers.locator('main').innerText(), /Who has read it\s+Vera Lund.*A cushion with a hole/s)
    const published = await publish(askers, javaScriptEnabled)

    await visitors.goto(published)
    const text = await visitors.locator('main').innerText()
    assert.match(text, /My name is \[name\]\. It has been sore.*A cushion with a hole/s)
    assert.doesNotMatch(text, /Mary|Jones|in confidence/)
    assert.equal((await visitors.goto(path))!.status(), 404)
    await askers.goto(path)
    assert.equal(new URL(askers.url()).pathname, published)
  })

async function askVera(page: Page, handle: string) {
  await page.goto(`/experts/${handle}`)
  await page.getByRole('link', { name: 'Ask Vera Lund in confidence' }).click()
  assert.ok(await page.getByLabel('Vera Lund alone, in confidence').isChecked())
  await page.getByLabel('In one sentence').fill(TITLE)
  await choose(page, 'What is it about?', 'Chiropractors')
  await page.getByLabel('What has happened so far?').fill(TOLD)
  await page.getByRole('button', { name: 'Post my question' }).click()
  await page.getByRole('button', { name: 'Go on, and take out only what is ticked' }).click()
  await page.getByText('Your question is sent in confidence').waitFor()
  return new URL(page.url()).pathname
}

async function isNowhere(page: Page, path: string) {
  assert.equal((await page.goto(path))!.status(), 404)
  for (const list of ['/questions', '/categories/chiropractors', '/search?q=tailbone']) {
    await page.goto(list)
    assert.doesNotMatch(await page.locator('main').innerText(), /sore tailbone\?/)
  }
}

async function answer(page: Page, link: string) {
  await page.goto('/desk')
  await page
    .getByRole('region', { name: 'Asked in confidence' })
    .getByRole('link', { name: TITLE, exact: true })
    .waitFor()
  await page.goto(link)
  assert.match(await page.locator('main').innerText(), /Asked in confidence of Vera Lund alone/)
  await page
    .getByLabel('What would you tell this person?')
    .fill('A cushion with a hole helps. Ride again when you can sit.')
  await page.getByRole('button', { name: 'Publish the answer' }).click()
  await page.getByText('Your answer is published').waitFor()
}

async function publish(page: Page, javaScriptEnabled: boolean) {
  await page.getByRole('link', { name: 'Publish it for everybody' }).click()
  const box = page.locator('input[name="blur"]').first()
  if (javaScriptEnabled) await page.locator('mark', { hasText: 'Mary Jones' }).click()
  else await box.check()
  assert.ok(await box.isChecked())
  await page.getByLabel('You may publish my question').check()
  await page.getByRole('button', { name: 'Publish it', exact: true }).click()
  await page.getByText('Your question is public now').waitFor()
  return new URL(page.url()).pathname
}
