import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { eq } from 'drizzle-orm'
import type { Page } from 'playwright-core'
import { findCategory } from '../../src/categories/queries.ts'
import { questions } from '../../src/database/schema.ts'
import { askSomething, verifiedExpert } from '../fixtures.ts'
import { openBrowser, visit } from './browser.ts'
import { openForum } from './forum.ts'
import { arriveAt, pressOn, tabTo } from './keyboard.ts'

const TEXT = 'Whichever eases it. Neither heals anything, and both feel good.'
const MINUTE_MS = 60_000

const browser = await openBrowser()
const { url, database } = await openForum({ after })
const { id: categoryId } = (await findCategory(database.read, 'pain-and-symptoms/chiropractors'))!

const ask = (title: string) => askSomething(database, { categoryId, title })

async function expertAt(name: string, javaScriptEnabled = true) {
  const { cookie, account } = await verifiedExpert(database, name)
  const page = await (await visit(browser, { url, cookie, javaScriptEnabled })).newPage()
  return { page, account }
}

async function endsIn(page: Page, id: number, milliseconds: number) {
  const claimedUntil = new Date(Date.now() + milliseconds)
  await database.write((db) => db.update(questions).set({ claimedUntil }).where(eq(questions.id, id)))
  await page.reload()
}

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'with JavaScript' : 'without JavaScript'

  test(`two experts share the work from their desks, ${how}`, async () => {
    const title = `Which of us answers this, ${how}?`
    await ask(title)
    const [{ page: vera }, { page: ugo }] = [
      await expertAt('Vera Lund', javaScriptEnabled),
      await expertAt('Ugo Bassi', javaScriptEnabled),
    ]
    await vera.goto('/')
    await vera.getByRole('link', { name: 'My desk' }).click()
    await vera.getByRole('link', { name: 'Newest first' }).click()
    await vera.getByRole('link', { name: title }).click()
    await vera.getByLabel('What would you tell this person?').fill(TEXT)
    await vera.getByRole('button', { name: 'Take this question' }).click()
    await vera.getByText('This question is yours for now').waitFor()
    await vera.getByRole('button', { name: 'Hold it for longer' }).click()
    assert.equal(await vera.getByLabel('What would you tell this person?').inputValue(), TEXT)

    await ugo.goto(vera.url())
    await ugo.getByText(/Vera Lund is answering until/).waitFor()
    await ugo.getByLabel('What would you tell this person?').fill(TEXT)
    await ugo.getByRole('button', { name: 'Publish the answer' }).click()
    await ugo
      .getByRole('alert')
      .getByText(/Your text is kept/)
      .waitFor()
    await ugo.getByLabel(/I want to answer as well/).check()
    await ugo.getByRole('button', { name: 'Publish the answer' }).click()
    await ugo.getByText('Your answer is published').waitFor()

    await vera.goto('/desk')
    await vera.getByRole('button', { name: `Let it go: ${title}` }).click()
    await vera.getByText('The question is free for others again').waitFor()
    await vera.getByRole('link', { name: title }).click()
    assert.equal(await vera.getByLabel('What would you tell this person?').inputValue(), TEXT)
  })

  test(`an expert passes a question on, ${how}`, async () => {
    const { id, title } = await ask(`Who should see this, ${how}?`)
    const { page } = await expertAt('Vera Lund', javaScriptEnabled)
    await page.goto(`/questions/${id}`)
    await page.getByRole('link', { name: 'Pass it on' }).click()
    await page.getByLabel('Advise them to see somebody in person').check()
    await page.getByLabel('Why?').fill('Somebody has to look at it.')
    await page.getByRole('button', { name: 'Pass it on' }).click()
    await page.getByText('Thank you. The asker is told.').waitFor()
    assert.equal(await page.getByRole('link', { name: title }).count(), 0)
    await page.goto(`/questions/${id}`)
    await page.getByRole('heading', { name: 'Better seen in person' }).waitFor()
  })
}

test('whoever writes is warned before the question is free for others, and one button holds it', async () => {
  const { id } = await ask('Will there be time?')
  const { page, account } = await expertAt('Vera Lund')
  await database.write((db) =>
    db.update(questions).set({ claimedById: account.id, claimedAt: new Date() }).where(eq(questions.id, id)),
  )
  await page.goto(`/questions/${id}`)
  await endsIn(page, id, 60 * MINUTE_MS)
  const warning = page.getByRole('alert')
  assert.equal(await warning.innerText(), '')

  await endsIn(page, id, 2 * MINUTE_MS)
  await warning.getByText(/stops being yours soon/).waitFor()
  await page.getByLabel('What would you tell this person?').fill(TEXT)
  await warning.getByRole('button', { name: 'Hold it for longer' }).click()
  await warning.getByText(/stops being yours soon/).waitFor({ state: 'detached' })
  assert.equal(await page.getByLabel('What would you tell this person?').inputValue(), TEXT)
  const [question] = await database.read.select().from(questions).where(eq(questions.id, id))
  assert.ok(question!.claimedUntil!.getTime() - Date.now() > 3.9 * 60 * MINUTE_MS)
})

test('until when it is taken is told in the reader’s own time', async () => {
  const { id } = await ask('What time is it?')
  const { account } = await expertAt('Ugo Bassi')
  const claimedUntil = new Date(Date.now() + 60 * MINUTE_MS)
  await database.write((db) =>
    db.update(questions).set({ claimedById: account.id, claimedUntil }).where(eq(questions.id, id)),
  )
  const { cookie } = await verifiedExpert(database, 'Vera Lund')
  const page = await (await visit(browser, { url, cookie, timezoneId: 'Asia/Kolkata' })).newPage()
  await page.goto(`/questions/${id}`)
  const local = claimedUntil.toLocaleTimeString('en-GB', { timeZone: 'Asia/Kolkata', timeStyle: 'short' })
  await page.getByText(new RegExp(`is answering until .*${local} GMT\\+5:30`)).waitFor()
})

test('an expert works at the desk with the keyboard alone', async () => {
  const title = 'Can this be done without a mouse?'
  await ask(title)
  const { page } = await expertAt('Vera Lund')
  await page.goto('/')
  await pressOn(page, 'My desk')
  await arriveAt(page, 'My desk')
  await pressOn(page, 'Newest first')
  await page.waitForURL(/order=newest/)
  await pressOn(page, title)
  await arriveAt(page, title)
  await pressOn(page, 'Take this question')
  await page.getByText('This question is yours for now').waitFor()
  await pressOn(page, 'Not for me')
  await arriveAt(page, 'Not for me')
  await tabTo(page, 'Why not?')
  await page.keyboard.insertText('I have never treated this.')
  await pressOn(page, 'Take it off my desk')
  await arriveAt(page, 'My desk')
  assert.equal(await page.getByRole('link', { name: title }).count(), 0)
})
