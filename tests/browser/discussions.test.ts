import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { outcomeRequests } from '../../src/database/schema.ts'
import type { Database } from '../../src/database/types.ts'
import { siteOf } from '../../src/notifications/site.ts'
import { askForOutcomes } from '../../src/outcomes/sending.ts'
import { askSomething, verifiedExpert } from '../fixtures.ts'
import { signedIn } from '../helper.ts'
import { openBrowser, visit } from './browser.ts'
import { lastMail, openEmptyForum } from './forum.ts'

const browser = await openBrowser()

for (const javaScriptEnabled of [true, false])
  test(`from a question asked back to how it went, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async (t) => {
    const { app, url, database } = await openEmptyForum(t)
    const asker = await signedIn(database, 'member', 'Ada Lovelace')
    const [vera, ugo] = [await verifiedExpert(database), await verifiedExpert(database, 'Ugo Bassi')]
    const { id } = await askSomething(database, { askerId: asker.account.id })
    const path = `/questions/${id}`
    const enter = async ({ cookie }: { cookie?: string }) => {
      const page = await (await visit(browser, { url, javaScriptEnabled, cookie })).newPage()
      await page.goto(path)
      return page
    }
    const expert = await enter(vera)

    await askBack(expert)
    await confer(await enter(ugo))
    await replyByMail(await enter(asker), database)
    await answer(expert, path)
    const askers = await enter(asker)
    await accept(askers)
    await followUp(askers)
    await replyInPlace(expert, database)

    const visitor = await enter({})
    const text = await visitor.locator('main').innerText()
    assert.match(text, /Asked back\s+2 comments/)
    assert.match(text, /this answers my question.*1 person says thanks.*Follow-up: 2 comments/s)
    assert.doesNotMatch(await visitor.content(), /Among colleagues|Ugo Bassi|Lovelace/)

    await makeDue(database)
    await askForOutcomes(database, {
      site: siteOf({ ...app.config, port: Number(new URL(url).port) }),
      secret: app.config.secret,
    })
    await tellHowItWent(visitor, database)
  })

async function askBack(page: Page) {
  await page.getByText('Ask something before you answer').click()
  await page.getByLabel('What would you like to know?').fill('Does the pain wake you at night?')
  await page.getByRole('button', { name: 'Ask the asker' }).click()
  await page.getByText('Your question is posted').waitFor()
}

async function confer(page: Page) {
  await page.getByText('Comment for colleagues').click()
  await page.getByLabel('What should colleagues know?').fill('I would look at the hip first.')
  await page.getByRole('button', { name: 'Post for colleagues' }).click()
  await page.getByText('I would look at the hip first.').waitFor()
}

async function replyByMail(page: Page, database: Database) {
  await page.goto((await lastMail(database)).link)
  await page.getByRole('heading', { name: 'Vera Lund asks you' }).waitFor()
  await page.getByLabel('Your reply').fill('Too short')
  await page.getByRole('button', { name: 'Post my reply' }).click()
  await page.getByText('Please write at least 10 characters.').first().waitFor()
  await page.getByLabel('Your reply').fill('Only when I turn onto my left side.')
  await page.getByRole('button', { name: 'Post my reply' }).click()
  await page.getByText('Your reply is posted').waitFor()
}

async function answer(page: Page, path: string) {
  await page.goto(path)
  await page.getByLabel('What would you tell this person?').fill('Sleep on your right side for a week.')
  await page.getByRole('button', { name: 'Publish the answer' }).click()
  await page.getByText('Your answer is published').waitFor()
}

async function accept(page: Page) {
  await page.getByRole('button', { name: 'This answers my question' }).click()
  await page.getByText('Whoever asked says: this answers my question').waitFor()
  await page.getByRole('button', { name: 'Say thanks' }).click()
  await page.getByText('1 person says thanks').waitFor()
}

async function followUp(page: Page) {
  await page.getByText('Ask Vera Lund a follow-up question').click()
  await page.getByLabel('What is still unclear?').fill('And after that week?')
  await page.getByRole('button', { name: 'Post my follow-up question' }).click()
  await page.getByText('Your follow-up question is posted').waitFor()
}

async function replyInPlace(page: Page, database: Database) {
  await page.goto((await lastMail(database)).link)
  await page.getByLabel('Your reply').fill('Then however you like.')
  await page.getByRole('button', { name: 'Post my reply' }).click()
  await page.getByText('Your reply is posted').waitFor()
}

const makeDue = (database: Database) =>
  database.write(async (db) => {
    await db.update(outcomeRequests).set({ dueAt: new Date() })
  })

/** Without signing in. */
async function tellHowItWent(page: Page, database: Database) {
  const links = (await lastMail(database)).text.match(/https?:\/\/\S+/g)!
  await page.goto(links[1]!)
  assert.ok(await page.getByLabel('A little better').isChecked())
  await page.getByLabel('Much better').check()
  await page.getByRole('button', { name: 'Send' }).click()
  await page.getByRole('heading', { name: 'Thank you' }).waitFor()
  await page.goto(links[0]!)
  await page.getByRole('heading', { name: 'You have told us already' }).waitFor()
}
