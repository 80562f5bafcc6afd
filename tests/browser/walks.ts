import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import type { Database } from '../../src/database/types.ts'
import { lastMail } from './forum.ts'

/** What people do, as they would tell it. Each begins on the first page. */

export const QUESTION = {
  title: 'Can I go on swimming with a sore shoulder?',
  body: 'It began **two weeks** ago:\n\na. lifting hurts\nb. sleeping on it hurts\n\nCrawl is worse than breaststroke.',
}
export const PERSON = { name: 'Nora Newcomer', email: 'nora@example.org', password: 'paper lamp seven rivers' }
const ANSWER = 'Breaststroke is fine if it does not hurt.\n\n1. Swim *less*\n2. Rest it for a week'

export async function writeQuestion(page: Page) {
  await page.getByLabel('What would you like to know?').fill(QUESTION.title)
  await page.getByRole('button', { name: 'Ask', exact: true }).click()
  await page.waitForURL('**/ask?*')
  assert.equal(await page.getByLabel('In one sentence').inputValue(), QUESTION.title)
  await choose(page, 'What is it about?', 'Chiropractors')
  await page.getByLabel('What has happened so far?').fill(QUESTION.body)
  await page.getByLabel('How long').selectOption('weeks')
  await page.getByLabel('You may store what I write about my health').check()
  await page.getByLabel('You may publish my question').check()
  await page.getByRole('button', { name: 'Go on', exact: true }).click()
  const noneOfThese = page.getByRole('button', { name: 'None of these: go on' })
  if (await noneOfThese.isVisible()) await noneOfThese.click()
  await passSuggestions(page)
  await page.getByLabel('18 or over').check()
  await page.getByRole('button', { name: 'Go on', exact: true }).click()
}

/** Somebody whose question resembles others is asked once whether those answer it. */
async function passSuggestions(page: Page) {
  const [held, age] = [page.getByRole('button', { name: 'None of these' }), page.getByLabel('18 or over')]
  await held.or(age).waitFor()
  if (await held.isVisible()) await held.click()
}

/** A list to choose from, or to type in where there is JavaScript. */
export async function choose(page: Page, label: string, name: string) {
  const field = page.getByRole('combobox', { name: label })
  if (await field.evaluate((element) => element.tagName === 'SELECT')) {
    const option = field.locator('option', { hasText: name }).first()
    await field.selectOption((await option.getAttribute('value')) ?? '')
    return
  }
  await field.fill(name)
  await page.getByRole('option', { name }).first().click()
}

export async function signUp(page: Page, database: Database) {
  await page.getByLabel('Name', { exact: true }).fill(PERSON.name)
  await page.getByLabel('E-mail address').fill(PERSON.email)
  await page.getByLabel('Password').fill(PERSON.password)
  await page.getByRole('button', { name: 'Sign up' }).click()
  await page.getByRole('heading', { name: 'Look in your mailbox' }).waitFor()

  const mail = await lastMail(database)
  assert.equal(mail.recipient, PERSON.email)
  await page.goto(mail.link)
  await page.getByRole('button', { name: 'Confirm and go on' }).click()
}

/** Everything typed before signing up is there again. */
export async function postQuestion(page: Page) {
  assert.equal(await page.getByLabel('In one sentence').inputValue(), QUESTION.title)
  assert.equal(await page.getByLabel('What has happened so far?').inputValue(), QUESTION.body)
  assert.equal(await page.getByLabel('How long').inputValue(), 'weeks')
  assert.ok(await page.getByLabel('You may publish my question').isChecked())
  await page.getByRole('button', { name: 'Post my question' }).click()
  await page.getByRole('heading', { level: 1, name: QUESTION.title }).waitFor()
  assert.match(await page.getByRole('status').first().innerText(), /Your question is posted/)
  assert.doesNotMatch(await page.locator('main').innerText(), new RegExp(PERSON.name))
}

export async function answerQuestion(page: Page) {
  await page.getByRole('link', { name: 'Questions', exact: true }).click()
  await page.getByRole('link', { name: QUESTION.title }).click()
  await page.getByLabel('What would you tell this person?').fill(ANSWER)
  await page.getByRole('button', { name: 'Preview' }).click()
  await page.locator('.preview li', { hasText: 'Rest it for a week' }).waitFor()
  await page.getByRole('button', { name: 'Publish the answer' }).click()
  await page.getByText('Your answer is published').waitFor()
}

export async function readAnswer(page: Page, database: Database) {
  const mail = await lastMail(database)
  assert.equal(mail.recipient, PERSON.email)
  assert.doesNotMatch(mail.subject, /swim|shoulder/i)
  await page.goto(mail.link)
  await page.getByRole('heading', { level: 1, name: QUESTION.title }).waitFor()
  assert.match(await page.getByRole('article').last().innerText(), /Breaststroke is fine.*Rest it for a week/s)
}

const EXAMPLE = ['Question and Answer', 'Pain and Symptoms', 'Chiropractors', 'Active release therapy']

export async function browseToExample(page: Page) {
  await page.getByRole('main').getByRole('link', { name: 'Pain and Symptoms' }).first().click()
  await page.getByRole('main').getByRole('link', { name: 'Chiropractors' }).first().click()
  await page.getByRole('main').getByRole('link', { name: 'Active release therapy' }).click()
  await page.getByRole('heading', { level: 1, name: 'Active release therapy' }).waitFor()
  assert.deepEqual((await page.locator('.trail li').allInnerTexts()).slice(1), EXAMPLE)
}

export async function climbBack(page: Page) {
  for (const name of ['Chiropractors', 'Pain and Symptoms', 'Question and Answer', 'Bone Health']) {
    await page.getByRole('navigation', { name: 'You are here' }).getByRole('link', { name, exact: true }).click()
    if (name !== 'Bone Health') await page.locator('.trail [aria-current]', { hasText: name }).waitFor()
  }
  await page.getByRole('heading', { level: 1, name: 'Ask somebody who knows' }).waitFor()
}
