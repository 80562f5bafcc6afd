import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { BrowserContextOptions } from 'playwright-core'
import { signedIn } from '../helper.ts'
import { openBrowser, PHONE, visit } from './browser.ts'
import { openForum } from './forum.ts'

const browser = await openBrowser()
const { url, database } = await openForum({ after })

const TITLE = 'How long does sciatica last?'
const STORY = 'Sciatica in my left leg for five weeks now. It goes down to the calf, and sitting makes it worse.'

async function open(path: string, options: BrowserContextOptions & { cookie?: string } = {}) {
  const page = await (await visit(browser, { url, ...options })).newPage()
  await page.goto(path)
  return page
}

test('what has been answered already appears while the question is written', async () => {
  const page = await open('/ask')
  await page.getByLabel('In one sentence').fill(TITLE)

  const shown = page.locator('[data-suggestions-for=title]')
  await shown.getByRole('heading', { name: 'Perhaps this has been answered already' }).waitFor()
  assert.equal(await shown.getAttribute('aria-live'), 'polite')
  assert.ok((await shown.getByRole('link').allInnerTexts()).some((title) => /sciatica/i.test(title)))
})

test('it goes when the question becomes another', async () => {
  const page = await open('/ask')
  const title = page.getByLabel('In one sentence')
  await title.fill(TITLE)
  await page.getByRole('heading', { name: 'Perhaps this has been answered already' }).waitFor()

  await title.fill('Why')
  await page.getByRole('heading', { name: 'Perhaps this has been answered already' }).waitFor({ state: 'detached' })
})

test('behind the story stands what its title did not bring up', async () => {
  const page = await open(`/ask?${new URLSearchParams({ title: TITLE })}`)
  const above = await page.locator('[data-suggestions-for=title] li').count()
  assert.ok(above > 0)
  const answered = page.waitForResponse('**/ask/suggestions')
  await page.getByLabel('What has happened so far?').fill(STORY)
  await answered

  const ids = await page.locator('[data-question]').evaluateAll((items) => items.map(({ dataset }) => dataset.question))
  assert.equal(new Set(ids).size, ids.length)
})

test('an answer opens beside what is being written, and nothing of that is lost', async () => {
  const page = await open('/ask')
  await page.getByLabel('In one sentence').fill(TITLE)
  await page.getByLabel('What has happened so far?').fill(STORY)
  const [other] = await Promise.all([
    page.context().waitForEvent('page'),
    page.locator('[data-suggestions-for=title]').getByRole('link').first().click(),
  ])

  await other.getByRole('heading', { level: 1 }).waitFor()
  assert.equal(await page.getByLabel('What has happened so far?').inputValue(), STORY)
})

test('only the last of what is typed is looked up', async () => {
  const page = await open('/ask')
  let requests = 0
  page.on('request', (request) => {
    if (request.url().endsWith('/ask/suggestions')) requests += 1
  })

  await page.getByLabel('In one sentence').pressSequentially(TITLE, { delay: 10 })
  await page.getByRole('heading', { name: 'Perhaps this has been answered already' }).waitFor()
  assert.equal(requests, 1)
})

test('whoever has seen what is answered is not asked again', async () => {
  const { cookie } = await signedIn(database)
  const page = await open('/ask?category=spine/low-back/sciatica', { cookie })
  await page.getByLabel('In one sentence').fill(TITLE)
  await page.getByLabel('What has happened so far?').fill(STORY)
  await page.getByRole('heading', { name: 'Perhaps this has been answered already' }).first().waitFor()

  await page.getByRole('button', { name: 'Post my question' }).click()
  await page.getByText('Your question is posted').waitFor()
})

for (const javaScriptEnabled of [true, false])
  test(`“This answered my question” thanks the reader ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async () => {
    const page = await open(`/ask?${new URLSearchParams({ title: TITLE })}`, { javaScriptEnabled })
    await page.getByRole('button', { name: 'This answered my question' }).first().click()

    await page.getByText('Thank you for telling us').waitFor()
    assert.match(page.url(), /\/questions\/\d+\//)
  })

test('without JavaScript the same step stands before posting', async () => {
  const { cookie } = await signedIn(database)
  const page = await open('/ask?category=spine/low-back/sciatica', { cookie, javaScriptEnabled: false })
  await page.getByLabel('In one sentence').fill(TITLE)
  await page.getByLabel('What has happened so far?').fill(STORY)
  await page.getByRole('button', { name: 'Post my question' }).click()

  await page.getByRole('heading', { name: 'Perhaps this has been answered already' }).waitFor()
  await page.getByRole('button', { name: 'None of these: post my question' }).click()
  await page.getByText('Your question is posted').waitFor()
})

for (const javaScriptEnabled of [true, false])
  test(`a search from any page leads to the answer ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async () => {
    const page = await open('/categories', { javaScriptEnabled })
    await page.getByRole('searchbox', { name: 'Search the whole site' }).fill('slipped disc')
    await page.keyboard.press('Enter')

    await page
      .getByRole('main')
      .getByRole('link', { name: /slipped disc/i })
      .first()
      .click()
    await page.getByRole('heading', { level: 1, name: /slipped disc/i }).waitFor()
  })

test('on a phone a search is one link away, and its filters fold away', async () => {
  const page = await open('/', { viewport: PHONE })
  await page.getByRole('link', { name: 'Search' }).click()
  await page.getByRole('searchbox', { name: 'What are you looking for?' }).fill('knee')
  await page.keyboard.press('Enter')

  const filter = page.getByRole('link', { name: 'In the last 12 months' })
  assert.equal(await filter.isVisible(), false)
  await page.getByText('Narrow it down').click()
  await filter.click()
  await page.waitForURL(/since=year/)
})
