import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { BrowserContextOptions } from 'playwright-core'
import { signedIn } from '../helper.ts'
import { openBrowser, PHONE, visit } from './browser.ts'
import { openForum } from './forum.ts'

const browser = await openBrowser()
const { url, database } = await openForum({ after })

async function open(path: string, options: BrowserContextOptions & { cookie?: string } = {}) {
  const page = await (await visit(browser, { url, ...options })).newPage()
  await page.goto(path)
  return page
}

test('a category is found by typing and chosen with the keyboard', async () => {
  const page = await open('/ask')
  const field = page.getByRole('combobox', { name: 'What is it about?' })
  await field.fill('sciat')

  assert.equal(await field.getAttribute('aria-expanded'), 'true')
  await page.keyboard.press('ArrowDown')
  const active = await field.getAttribute('aria-activedescendant')
  assert.equal(await page.locator(`#${active}`).innerText(), 'Spine › Low back › Sciatica')
  await page.keyboard.press('Enter')
  assert.equal(await field.inputValue(), 'Spine › Low back › Sciatica')
  assert.equal(await page.locator('select[name=category]').inputValue(), 'spine/low-back/sciatica')
  assert.equal(await field.getAttribute('aria-expanded'), 'false')
})

test('a category that does not exist is not kept', async () => {
  const page = await open('/ask?category=joints/knee')
  const field = page.getByRole('combobox', { name: 'What is it about?' })
  await field.fill('Astrology')

  await page.getByText('Nothing found. Try another word.').waitFor()
  await page.keyboard.press('Tab')
  assert.equal(await field.inputValue(), 'Joints › Knee')
})

test('the preview follows what is typed', async () => {
  const page = await open('/ask')
  await page.getByLabel('What has happened so far?').fill('It **hurts**.')

  const preview = page.getByRole('region', { name: 'How it will look' })
  await preview.locator('strong', { hasText: 'hurts' }).waitFor()
})

test('what is being written is kept as a draft', async () => {
  const { cookie } = await signedIn(database)
  const page = await open('/ask', { cookie })
  await page.getByLabel('In one sentence').fill('May I dance with a new hip?')

  await page.getByText('Draft saved').waitFor()
  await page.goto('/account/questions')
  await page.getByRole('link', { name: 'May I dance with a new hip?' }).waitFor()
})

test('a tick shows in the text what it replaces, and a click on the mark sets the tick', async () => {
  const { cookie } = await signedIn(database)
  const page = await open('/ask?category=joints/knee&title=May I dance with a new hip?', { cookie })
  await page.getByLabel('What has happened so far?').fill('My name is Ada King, and my hip is three weeks old.')
  await page.getByRole('button', { name: 'Post my question' }).click()

  const box = page.getByLabel('Ada King')
  await box.check()
  await page.locator('mark', { hasText: '[name]' }).click()
  assert.equal(await box.isChecked(), false)
  await page.locator('mark', { hasText: 'Ada King' }).waitFor()
})

test('nothing is kept of what somebody writes before they allow it', async () => {
  const { cookie } = await signedIn(database, 'member', 'Nia', [])
  const page = await open('/ask', { cookie })
  const answered = page.waitForResponse((response) => response.url().endsWith('/drafts'))
  await page.getByLabel('In one sentence').fill('May I dance with a new hip?')

  assert.equal((await answered).headers()['draft-kept'], 'no')
  await page.getByLabel('You may store what I write about my health').check()
  await page.getByText('Draft saved').waitFor()
})

test('a text that gets too long is counted, not cut', async () => {
  const page = await open('/ask')
  const field = page.getByLabel('In one sentence')

  await field.fill('a'.repeat(140))
  await page.getByText('Characters left: 10').waitFor()
  await field.fill('a'.repeat(155))
  await page.getByText('Characters too many: 5').waitFor()
  assert.equal((await field.inputValue()).length, 155)
})

test('a button pressed twice posts once', async () => {
  const page = await open('/sign-in')
  let posts = 0
  await page.route('**/sign-in', async (route) => {
    if (route.request().method() === 'POST') posts += 1
    await new Promise((resolve) => setTimeout(resolve, 200))
    await route.continue()
  })

  await page.getByRole('button', { name: 'Sign in' }).dblclick()
  await page.getByRole('alert').waitFor()
  assert.equal(posts, 1)
})

for (const javaScriptEnabled of [true, false])
  test(`dark colours are chosen ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async () => {
    const page = await open('/categories', { colorScheme: 'light', javaScriptEnabled })
    await page.getByRole('button', { name: 'Dark' }).click()

    await page.locator('html[data-theme=dark]').waitFor()
    assert.equal(new URL(page.url()).pathname, '/categories')
    assert.equal(await page.getByRole('button', { name: 'Dark' }).getAttribute('aria-pressed'), 'true')
  })

test('a phone shows every page without scrolling sideways', async () => {
  const page = await open('/', { viewport: { ...PHONE, width: 320 } })
  for (const path of ['/', '/categories', '/categories/spine', '/questions', '/questions/1', '/experts', '/ask']) {
    await page.goto(path)
    assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 320, path)
  }
})

test('a first visit to a question costs little', async () => {
  const page = await open('/')
  const id = await page.locator('.questions a').first().getAttribute('href')
  const fresh = await (await visit(browser, { url })).newPage()
  const sizes: number[] = []
  fresh.on('requestfinished', async (request) => {
    const { responseBodySize, responseHeadersSize } = await request.sizes()
    sizes.push(responseBodySize + responseHeadersSize)
  })

  await fresh.goto(id!, { waitUntil: 'networkidle' })
  const total = sizes.reduce((sum, size) => sum + size, 0)
  assert.ok(sizes.length >= 3 && sizes.length <= 10, `${sizes.length} requests`)
  assert.ok(total <= 40 * 1024, `${total} bytes`)
})
