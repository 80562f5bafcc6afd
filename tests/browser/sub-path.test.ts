import assert from 'node:assert/strict'
import { test } from 'node:test'
import { verifiedExpert } from '../fixtures.ts'
import { openBrowser, visit } from './browser.ts'
import { openForum } from './forum.ts'
import { openProxy } from './proxy.ts'
import { answerQuestion, browseToExample, climbBack, postQuestion, readAnswer, signUp, writeQuestion } from './walks.ts'

const browser = await openBrowser()

for (const cutsOff of [false, true])
  test(`all of it works behind a proxy that ${cutsOff ? 'cuts the sub-path off' : 'hands on the whole path'}`, async (t) => {
    const { astray, leadTo, ...place } = await openProxy(t, { cutsOff })
    const { url: inside, database } = await openForum(t, place)
    leadTo(inside)
    const url = place.baseUrl.href
    const page = await (await visit(browser, { url })).newPage()
    await page.goto('./')
    await browseToExample(page)
    await climbBack(page)
    await writeQuestion(page)
    await signUp(page, database)
    await postQuestion(page)
    const { cookie } = await verifiedExpert(database)
    const expert = await (await visit(browser, { url, cookie })).newPage()
    await expert.goto('./')
    await answerQuestion(expert)
    await readAnswer(page, database)
    await page.getByText('Account', { exact: true }).click()
    await page.getByRole('button', { name: 'Dark' }).click()
    await page.locator('html[data-theme=dark]').waitFor()
    assert.deepEqual(astray, [])
  })
