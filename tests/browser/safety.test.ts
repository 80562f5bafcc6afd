import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { drafts, outbox, questions, safetyMarks } from '../../src/database/schema.ts'
import { askSomething, plantCategory } from '../fixtures.ts'
import { signedIn } from '../helper.ts'
import { openBrowser, visit } from './browser.ts'
import { openEmptyForum } from './forum.ts'
import { choose } from './walks.ts'

const CRISIS = 'I want to kill myself because of this pain.'
const NAMED = 'My name is Ada King and I live in LS1 4AB. My back is stiff since the weekend.'

const browser = await openBrowser()

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'with JavaScript' : 'without JavaScript'

  test(`after a preview one press sends it to a moderator, two presses as well, ${how}`, async (t) => {
    const { page, database } = await open(t, javaScriptEnabled)
    await write(page, { title: 'I cannot bear this back', body: CRISIS })
    await page.getByRole('button', { name: 'Preview' }).click()
    await page.getByRole('heading', { level: 1, name: 'Help comes first' }).waitFor()

    await page.getByRole('button', { name: 'Send it to a moderator' }).dblclick()
    await page.waitForURL('**/help')
    assert.match(await page.locator('main').innerText(), /We have kept it/)
    const counts = [questions, safetyMarks, outbox].map((table) => database.read.$count(table))
    assert.deepEqual(await Promise.all(counts), [1, 1, 1])
  })

  test(`help comes before what is missing, and the text can be changed, ${how}`, async (t) => {
    const { page } = await open(t, javaScriptEnabled)
    await page.goto('/ask')
    await page.getByLabel('In one sentence').fill('I want to kill myself')
    await page.getByRole('button', { name: 'Post my question' }).click()
    await page.getByRole('heading', { level: 1, name: 'Help comes first' }).waitFor()
    assert.equal(await page.getByRole('button', { name: 'Send it to a moderator' }).count(), 0)

    await page.getByRole('button', { name: 'Change my text' }).click()
    assert.equal(await page.getByLabel('In one sentence').inputValue(), 'I want to kill myself')
  })

  test(`a draft is kept beside the help, ${how}`, async (t) => {
    const { page, database } = await open(t, javaScriptEnabled)
    await write(page, { title: 'I cannot bear this back', body: CRISIS })
    await page.getByRole('button', { name: 'Keep as a draft' }).click()
    await page.getByText('It is kept as a draft').waitFor()
    assert.equal((await database.read.select().from(drafts)).at(-1)!.fields.body, CRISIS)
  })

  test(`the first button takes out what tells who asks, and Enter does the same, ${how}`, async (t) => {
    const { page, database } = await open(t, javaScriptEnabled)
    await write(page, { title: 'Is heat better than ice?', body: NAMED })
    await page.getByRole('button', { name: 'Post my question' }).click()
    const boxes = page.getByRole('checkbox')
    await boxes.last().waitFor()
    await boxes.last().focus()
    await page.keyboard.press('Tab')
    assert.match((await page.locator(':focus').textContent()) ?? '', /Take all of them out/)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Is heat better than ice?' }).waitFor()
    const [question] = await database.read.select().from(questions)
    assert.match(question!.body, /My name is \[name\] and I live in \[postal code\]/)
  })

  test(`what is ticked alone is taken out by the second button, ${how}`, async (t) => {
    const { page, database } = await open(t, javaScriptEnabled)
    await write(page, { title: 'Is heat better than ice?', body: NAMED })
    await page.getByRole('button', { name: 'Post my question' }).click()
    await page.getByLabel('A name').check()
    await page.getByRole('button', { name: 'only what is ticked' }).click()
    await page.getByRole('heading', { level: 1, name: 'Is heat better than ice?' }).waitFor()
    const [question] = await database.read.select().from(questions)
    assert.match(question!.body, /My name is \[name\] and I live in LS1 4AB/)
  })

  test(`an edit that may be urgent can be changed without losing it, ${how}`, async (t) => {
    const { page, database, asker } = await open(t, javaScriptEnabled)
    const { id } = await askSomething(database, { askerId: asker.id })
    await page.goto(`/questions/${id}/edit`)
    const body = 'Since last night my groin is numb and I cannot pee.'
    await page.getByLabel('What has happened so far?').fill(body)
    await page.getByRole('button', { name: 'Save the changes' }).click()
    await page.getByRole('button', { name: 'Change my text' }).click()
    assert.equal(await page.getByLabel('What has happened so far?').inputValue(), body)
  })
}

type Written = { title: string; body: string }

async function write(page: Page, { title, body }: Written) {
  await page.goto('/ask')
  await page.getByLabel('In one sentence').fill(title)
  await choose(page, 'What is it about?', 'Chiropractors')
  await page.getByLabel('What has happened so far?').fill(body)
}

async function open(t: Parameters<typeof openEmptyForum>[0], javaScriptEnabled: boolean) {
  const { url, database } = await openEmptyForum(t)
  await plantCategory(database)
  const { account, cookie } = await signedIn(database, 'member', 'Nora Newcomer')
  await signedIn(database, 'moderator')
  const context = await visit(browser, { url, cookie, javaScriptEnabled })
  return { page: await context.newPage(), database, asker: account }
}
