import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openBrowser, visit } from './browser.ts'
import { lastMail, openForum } from './forum.ts'
import { arriveAt, pressOn, tabTo, tick, typeInto } from './keyboard.ts'
import { PERSON, QUESTION } from './walks.ts'

const browser = await openBrowser()

const ALLOWED = [
  'You may store what I write about my health, so that experts can answer me.',
  'You may publish my question and its answers, so that others can read them.',
]

test('a newcomer asks with the keyboard alone', async (t) => {
  const { url, database } = await openForum(t)
  const page = await (await visit(browser, { url })).newPage()
  await page.goto('/')
  await pressOn(page, 'Skip to the content')
  await typeInto(page, 'What would you like to know?', QUESTION.title)
  await page.keyboard.press('Enter')
  await arriveAt(page, 'Ask a question')

  await tabTo(page, 'What is it about?')
  await page.keyboard.insertText('chiropr')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await typeInto(page, 'What has happened so far?', QUESTION.body)
  for (const allowed of ALLOWED) await tick(page, allowed)
  await pressOn(page, 'Go on')
  await arriveAt(page, 'One thing before your first question')
  await tabTo(page, 'Under 13')
  await page.keyboard.press('ArrowUp')
  await pressOn(page, 'Go on')
  await arriveAt(page, 'Sign up')

  await typeInto(page, 'Name', PERSON.name)
  await typeInto(page, 'E-mail address', PERSON.email)
  await typeInto(page, 'Password', PERSON.password)
  await page.keyboard.press('Enter')
  await arriveAt(page, 'Look in your mailbox')
  await page.goto((await lastMail(database)).link)
  await pressOn(page, 'Confirm and go on')
  await arriveAt(page, 'Ask a question')
  await pressOn(page, 'Post my question')
  await arriveAt(page, QUESTION.title)
})

test('every stop of the keyboard on the way to a question can be seen', async (t) => {
  const { url } = await openForum(t)
  const page = await (await visit(browser, { url })).newPage()
  await page.goto('/')
  await pressOn(page, 'Chiropractors')
  await arriveAt(page, 'Chiropractors')
  await pressOn(page, 'Active release therapy')
  await arriveAt(page, 'Active release therapy')
  for (let stop = 0; stop < 20; stop += 1) {
    await page.keyboard.press('Tab')
    const outline = await page.locator(':focus').evaluate((element) => getComputedStyle(element).outlineStyle)
    assert.notEqual(outline, 'none', await page.locator(':focus').evaluate((element) => element.outerHTML))
  }
})
