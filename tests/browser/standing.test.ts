import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { eq } from 'drizzle-orm'
import { findCategory } from '../../src/categories/queries.ts'
import { answers } from '../../src/database/schema.ts'
import { questionPath } from '../../src/questions/views.ts'
import { reckonWaits } from '../../src/waiting/queries.ts'
import { answerSomething, askSomething, verifiedExpert } from '../fixtures.ts'
import { signedIn } from '../helper.ts'
import { openBrowser, visit } from './browser.ts'
import { lastMail, openForum } from './forum.ts'

const browser = await openBrowser()
const DAY_MS = 86_400_000

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'with JavaScript' : 'without JavaScript'

  test(`a second expert disagrees, the author corrects, staff withdraw, ${how}`, async (t) => {
    const { database, path, pageOf, author, second, moderator } = await openThread(t, javaScriptEnabled)
    const other = await pageOf(second)
    await other.goto(path)
    await other.getByRole('link', { name: 'Countersign this answer' }).click()
    await other.getByLabel('I disagree, because…').check()
    await other.getByRole('button', { name: 'Countersign' }).click()
    await other.getByText('Please say why: readers decide by it.').first().waitFor()
    await other.getByLabel('Why, or what would you add?').fill('Cold comes first after an injury.')
    await other.getByRole('button', { name: 'Countersign' }).click()
    await other.getByText('Cold comes first after an injury.').waitFor()

    const writer = await pageOf(author)
    await writer.goto((await lastMail(database)).link)
    await writer.getByRole('link', { name: 'Edit this answer' }).click()
    await writer.getByLabel('What would you tell this person?').fill('Cold for two days, then whichever eases it.')
    await writer.getByLabel('Was something wrong that people may have followed?').fill('Cold comes first.')
    await writer.getByLabel('I have checked all of it').check()
    await writer.getByRole('button', { name: 'Save the changes' }).click()
    const text = await writer.locator('.answer').innerText()
    assert.match(text, /Last reviewed.*Corrected.*Cold comes first\..*Cold for two days.*About an earlier version/s)

    const staff = await pageOf(moderator)
    await staff.goto(path)
    await staff.getByRole('link', { name: 'Withdraw this answer' }).click()
    await staff.getByLabel('What is wrong with it').fill('Nobody should go by this at all.')
    await staff.getByRole('button', { name: 'Withdraw this answer' }).click()
    await staff.getByText('Our staff withdrew this answer').waitFor()
    assert.match((await lastMail(database)).subject, /has been taken back/)
    await staff.getByRole('link', { name: 'What it said' }).click()
    await staff.getByText('Cold for two days').waitFor()
  })

  test(`an expert checks what is overdue, ${how}`, async (t) => {
    const { database, pageOf, author, answer } = await openThread(t, javaScriptEnabled)
    const reviewBy = new Date(Date.now() - 40 * DAY_MS)
    await database.write((db) => db.update(answers).set({ reviewBy }).where(eq(answers.id, answer.id)))
    const page = await pageOf(author)
    await page.goto('/desk/reviews')
    await page.getByRole('link', { name: 'Check it' }).click()
    await page.getByLabel('What did you check it against?').fill('The guideline of this year')
    await page.getByRole('button', { name: 'It still holds' }).click()
    await page.getByText(/Last reviewed/).waitFor()
    assert.equal(await page.getByText('Medicine may have moved on').count(), 0)
  })

  test(`an asker who has waited long moves their question up, ${how}`, async (t) => {
    const { pageOf, asker, waiting } = await openThread(t, javaScriptEnabled)
    const page = await pageOf(asker)
    await page.goto(questionPath(waiting))
    await page.getByRole('link', { name: 'Move it to Pain and Symptoms' }).click()
    await page.getByRole('button', { name: 'Move it to Pain and Symptoms' }).click()
    await page.getByText('Your question has moved.').waitFor()
    assert.equal(await page.locator('.trail', { hasText: 'Chiropractors' }).count(), 0)
  })

  test(`a visitor finds an expert by category, and an expert writes their page, ${how}`, async (t) => {
    const { pageOf, author } = await openThread(t, javaScriptEnabled)
    const visitor = await pageOf({})
    await visitor.goto('/experts')
    await visitor.getByLabel('Category').selectOption('pain-and-symptoms/chiropractors')
    await visitor.getByRole('button', { name: 'Show', exact: true }).click()
    await visitor.getByRole('heading', { level: 1, name: 'Experts for Chiropractors' }).waitFor()

    const page = await pageOf(author)
    await page.goto(`/experts/${author.handle}`)
    await page.getByRole('link', { name: 'Edit your page' }).click()
    await page.getByLabel('Where do you work?').fill('Clinic at the Quay')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Clinic at the Quay').waitFor()
  })
}

test('the form says how long answers take as soon as a category is chosen', async (t) => {
  const { database, pageOf } = await openThread(t, true)
  await reckonWaits(database, new Date())
  const page = await pageOf({})
  await page.goto('/ask')
  await page.getByRole('combobox', { name: 'What is it about?' }).fill('Chiropractors')
  await page.getByRole('option', { name: 'Chiropractors' }).first().click()
  await page.getByText(/experts answer here/).waitFor()
})

/** An answer, a question that waits, and somebody of each kind. */
async function openThread(t: TestContext, javaScriptEnabled: boolean) {
  const { url, database } = await openForum(t)
  const category = (await findCategory(database.read, 'pain-and-symptoms/chiropractors'))!
  const [asker, moderator] = [await signedIn(database, 'member', 'Ada'), await signedIn(database, 'moderator')]
  const [author, second] = [await verifiedExpert(database), await verifiedExpert(database, 'Ugo Bassi')]
  const ask = (createdAt = new Date()) =>
    askSomething(database, { askerId: asker.account.id, categoryId: category.id, createdAt })
  const [question, waiting] = [await ask(), await ask(new Date(Date.now() - 9 * DAY_MS))]
  const answer = await answerSomething(database, question.id, author.account.id, 'Heat, at once and always.')
  const pageOf = async ({ cookie }: { cookie?: string }) =>
    (await visit(browser, { url, javaScriptEnabled, cookie })).newPage()
  return { database, path: questionPath(question), pageOf, asker, moderator, author, second, answer, waiting }
}
