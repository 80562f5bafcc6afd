import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { findCategory } from '../../src/categories/queries.ts'
import { questionPath } from '../../src/questions/views.ts'
import { askSomething } from '../fixtures.ts'
import { signedIn } from '../helper.ts'
import { openBrowser, visit } from './browser.ts'
import { lastMail, openForum } from './forum.ts'
import { choose } from './walks.ts'

const browser = await openBrowser()

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'with JavaScript' : 'without JavaScript'

  test(`a member applies, staff ask back and accept, the new expert answers, ${how}`, async (t) => {
    const { database, pageOf, member, moderator, path } = await openPlace(t, javaScriptEnabled)
    const [applicant, staff] = [await pageOf(member), await pageOf(moderator)]
    await apply(applicant)
    const state = applicant.url()

    await staff.goto('/moderation/applications')
    await staff.getByRole('link', { name: 'Pia Newly' }).click()
    await staff.getByText('Ask them something first').click()
    await staff.getByLabel('Your question').fill('Since when have you been registered?')
    await staff.getByRole('button', { name: 'Ask', exact: true }).click()
    await applicant.goto((await lastMail(database)).link)
    assert.equal(new URL(applicant.url()).pathname, new URL(state).pathname)
    await applicant.getByText('Since when have you been registered?').waitFor()
    await applicant.getByLabel('Your answer').fill('Since 2014.')
    await applicant.getByRole('button', { name: 'Send', exact: true }).click()
    await staff.reload()
    await staff.getByText('Since 2014.').waitFor()
    await staff.getByRole('button', { name: 'I have checked it: accept' }).click()
    await staff
      .getByText(/expert now|accepted/i)
      .first()
      .waitFor()

    await applicant.goto(path)
    await applicant.getByLabel('What would you tell this person?').fill('Whichever eases it. Neither heals anything.')
    await applicant.getByRole('button', { name: 'Publish the answer' }).click()
    const answer = applicant.locator('.answer')
    await answer.getByText('Verified expert').waitFor()
    await answer.getByText('Physiotherapist, BSc, MCSP').waitFor()
  })
}

/** Forgets to say what might sway them, and is asked again with nothing lost. */
async function apply(page: Page) {
  await page.goto('/experts')
  await page.getByRole('link', { name: 'Apply to answer here' }).click()
  await page.getByLabel('Your profession').selectOption('Physiotherapist')
  await page.getByLabel('Your credentials').fill('BSc, MCSP')
  await choose(page, 'Where you are registered', 'United Kingdom')
  await page.getByLabel('Who registers you').fill('Health and Care Professions Council')
  await page.getByLabel('Your number there').fill('PH000000')
  await page.getByLabel('Address in the public register').fill('https://register.example.org/PH000000')
  await page.getByLabel('Files that show it').setInputFiles({
    name: 'card.png',
    mimeType: 'image/png',
    buffer: await sharp({ create: { width: 60, height: 40, channels: 3, background: 'teal' } })
      .png()
      .toBuffer(),
  })
  await page.getByLabel('Pain and Symptoms', { exact: true }).check()
  await page.getByLabel('A few sentences for your page').fill('I help people with sore backs to move again.')
  await page.getByRole('button', { name: 'Send my application' }).click()
  await page.getByRole('alert').waitFor()
  await page.getByText(/^card\./).waitFor()
  await page.getByLabel('I have nothing to declare').check()
  await page.getByRole('button', { name: 'Send my application' }).click()
  await page.waitForURL('**/experts/applications/*')
}

/** A question in a category, and who applies, who decides. */
async function openPlace(t: TestContext, javaScriptEnabled: boolean) {
  const { url, database } = await openForum(t)
  const category = (await findCategory(database.read, 'pain-and-symptoms/chiropractors'))!
  const asker = await signedIn(database, 'member', 'Ada')
  const question = await askSomething(database, { askerId: asker.account.id, categoryId: category.id })
  const member = await signedIn(database, 'member', 'Pia Newly')
  const moderator = await signedIn(database, 'moderator', 'Mo Moderator')
  const pageOf = async ({ cookie }: { cookie: string }) =>
    (await visit(browser, { url, javaScriptEnabled, cookie })).newPage()
  return { database, pageOf, member, moderator, path: questionPath(question) }
}
