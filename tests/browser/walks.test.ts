import { test } from 'node:test'
import { verifiedExpert } from '../fixtures.ts'
import { openBrowser, visit } from './browser.ts'
import { openForum } from './forum.ts'
import { answerQuestion, browseToExample, climbBack, postQuestion, readAnswer, signUp, writeQuestion } from './walks.ts'

const browser = await openBrowser()

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'with JavaScript' : 'without JavaScript'

  test(`a newcomer asks, an expert answers, the asker reads it, ${how}`, async (t) => {
    const { url, database } = await openForum(t)
    const asker = await (await visit(browser, { url, javaScriptEnabled })).newPage()
    await asker.goto('/')
    await writeQuestion(asker)
    await signUp(asker, database)
    await postQuestion(asker)

    const { cookie } = await verifiedExpert(database)
    const expert = await (await visit(browser, { url, javaScriptEnabled, cookie })).newPage()
    await expert.goto('/')
    await answerQuestion(expert)
    await readAnswer(asker, database)
  })

  test(`a visitor browses to a question and back, ${how}`, async (t) => {
    const { url } = await openForum(t)
    const page = await (await visit(browser, { url, javaScriptEnabled })).newPage()
    await page.goto('/')
    await browseToExample(page)
    await climbBack(page)
  })
}
