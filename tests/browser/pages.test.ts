import assert from 'node:assert/strict'
import { globSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { createLink } from '../../src/accounts/link-queries.ts'
import { roles } from '../../src/database/schema.ts'
import { signedIn } from '../helper.ts'
import { openBrowser, visit } from './browser.ts'
import { hasJava, htmlErrors, open, overflowOf, violationsOn } from './checks.ts'
import { openEmptyForum, openForum } from './forum.ts'
import { emptyStates, enhancedStates, type State, statesOf } from './states.ts'
import { populate, type Role } from './world.ts'

const browser = await openBrowser()
const [forum, empty] = [await openForum({ after }), await openEmptyForum({ after })]
const world = await populate(forum.database)
const firstToken = await empty.database.write((db) => createLink(db, 'first-administrator', {}))
const sources = new Map<string, string>()

for (const state of statesOf(world)) testState(state, forum.url, () => world.cookies[state.as ?? 'visitor'])

for (const state of emptyStates(firstToken)) testState(state, empty.url, () => joined(state.as), ', with nothing in it')

test('the checks find what is wrong', async () => {
  const page = await (await visit(browser, { url: forum.url })).newPage()
  await page.setContent('<p style="color: #ccc; inline-size: 400px">pale and wide <img src="x">')
  assert.match((await violationsOn(page)).join(), /light, 1280: color-contrast.*light, 360: image-alt/s)
  assert.ok((await overflowOf(page)) > 0)
  if (hasJava) assert.match(htmlErrors(new Map([['a page', '<p><div></p>']])).join(), /a page: .*p/)
})

for (const state of enhancedStates)
  test(`${nameOf(state)} is accessible without its scripts`, async () => {
    const page = await openPage({ url: forum.url })
    await page.route('**/*.js', (route) => route.abort())
    await open(page, state)
    assert.deepEqual(await violationsOn(page), [])
  })

test('the HTML of all of them is valid', { skip: !hasJava && 'this needs Java' }, () => {
  assert.deepEqual(htmlErrors(sources), [])
})

test('no page has been left out', () => {
  const views = join(import.meta.dirname, '../../views')
  const pages = globSync('*/[!_]*.eta', { cwd: views }).map((file) => file.replace(/\.eta$/, ''))
  const seen = forum.rendered.union(empty.rendered)
  assert.deepEqual(
    pages.filter((name) => !name.startsWith('layouts/') && !seen.has(name)),
    [],
  )
})

function testState(
  state: State,
  url: string,
  signIn: () => Promise<string | undefined> | string | undefined,
  suffix = '',
) {
  const name = nameOf(state) + suffix
  test(`${name} is accessible and fits a small screen`, async () => {
    const page = await openPage({ url, cookie: await signIn() })
    const { status, html } = await open(page, state)
    sources.set(name, html)
    assert.equal(status, state.status ?? 200)
    assert.deepEqual(await violationsOn(page), [])
    assert.ok((await overflowOf(page)) <= 0, 'it scrolls sideways')
    await page.context().close()
  })
}

async function openPage(options: { url: string; cookie?: string }) {
  const page = await (await visit(browser, options)).newPage()
  await page.goto('/healthz')
  return page
}

function nameOf({ path, as = 'visitor', send }: State) {
  const shown = path.replace(/token=.*/, 'token=…').slice(0, 70)
  return `${shown} for a ${as}${send ? `, ${JSON.stringify(send).slice(0, 40)} sent` : ''}`
}

async function joined(as?: Role) {
  const role = roles.find((one) => one === as)
  return role && (await signedIn(empty.database, role)).cookie
}
