import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { allPayloads } from '../xss-payloads.ts'
import { COMMON, plantAttacks, textOf } from './attack.ts'
import { openBrowser, visit } from './browser.ts'
import { openEmptyForum } from './forum.ts'
import { guard, openInFrames } from './guard.ts'

const browser = await openBrowser()
const forum = await openEmptyForum({ after })
const { app, url } = forum
const { admin, asker, expert } = await plantAttacks(forum)

test('the attempts are real: many run where nothing stops them', async () => {
  const { page, seen } = await guarded({ bypassCSP: true })
  assert.ok((await openInFrames(page, allPayloads)).length > 100)
  assert.ok(seen.filter((line) => line.endsWith('a script ran')).length > 80)
})

const ways = {
  visitor: { cookie: undefined, from: ['/', '/search?q=xss', '/search?q=press'], along: /^(?!\/search)/ },
  asker: { cookie: asker.cookie, from: ['/account', '/questions/1/edit', '/questions/1'], along: /^\/account/ },
  expert: {
    cookie: expert.cookie,
    from: ['/desk', '/questions/2', '/questions/2/referral', '/questions/2/decline'],
    along: /^\/desk|\/(referral|decline)$/,
  },
  colleague: {
    cookie: expert.standing.expert.cookie,
    from: [
      ...['withdrawn-text', 'restoration'].map((page) => `/answers/${expert.standing.withdrawnId}/${page}`),
      ...[`/questions/${expert.questionId}`, `/experts/${expert.standing.expert.handle}`, '/account/profile'],
    ],
    along: /^\/account\/profile$/,
  },
  administrator: {
    cookie: admin.cookie,
    from: ['/admin', '/moderation'],
    along: /^\/(moderation|admin(?!\/accounts\/\d*[1-9]\b))/,
  },
}
for (const [who, way] of Object.entries(ways))
  test(`nothing runs on any page a ${who} can get to`, async () => {
    const { page, seen } = await guarded({ bypassCSP: true })
    assert.deepEqual(await openInFrames(page, await pagesAlong(way)), [])
    assert.deepEqual(seen, [])
  })

test('nothing runs that comes in an address', async () => {
  const { page, seen } = await guarded({ bypassCSP: true })
  const addresses = batches(12).flatMap(addressesWith)
  const sources = await Promise.all(addresses.map((address) => sourceOf(address, admin.cookie)))
  assert.deepEqual(await openInFrames(page, sources), [])
  assert.deepEqual(seen, [])
})

test('feeds and sitemaps with them in are well-formed', async () => {
  const { page } = await guarded()
  const sources = await Promise.all(
    ['/questions.atom', '/categories/below.atom', '/sitemaps/pages.xml'].map((path) => sourceOf(path)),
  )
  const errors = await page.evaluate(
    (documents) =>
      documents.map(
        (text) => new DOMParser().parseFromString(text, 'application/xml').querySelector('parsererror')?.textContent,
      ),
    sources,
  )
  assert.deepEqual(errors, [undefined, undefined, undefined])
})

for (const bypassCSP of [true, false])
  test(`nothing runs on a walk through the site, ${bypassCSP ? 'without' : 'with'} the policy`, async () => {
    const { page, seen } = await guarded({ bypassCSP, ...admin })
    const ids = [1, 20, 40, 60, 80, 100, 120, 140, 160, 180, 200, 220, 240]
    const paths = ['/', '/questions', '/experts', '/account', '/moderation', '/admin/events', '/ask']
    for (const path of [...paths, ...ids.map((id) => `/questions/${id}`), ...addressesWith(allPayloads.slice(0, 9))]) {
      await page.goto(path)
      assert.deepEqual(await page.evaluate(() => intrudersIn(document)), [], path)
    }
    assert.deepEqual(seen, [])
  })

test('nothing runs in a preview', async () => {
  const { page, seen } = await guarded({ bypassCSP: true, ...asker })
  await page.goto('/ask')
  for (const words of batches(24)) {
    const shown = page.waitForResponse((response) => response.url().endsWith('/preview'))
    await page.getByLabel('What has happened so far?').fill(words.map(textOf).join('\n\n'))
    await (await shown).finished()
    await page.locator('.preview p').first().waitFor()
    assert.deepEqual(await page.evaluate(() => intrudersIn(document)), [])
  }
  assert.deepEqual(seen, [])
})

test('nothing runs in what is suggested', async () => {
  const { page, seen } = await guarded({ bypassCSP: true })
  await page.goto('/ask')
  await page.getByLabel('In one sentence').fill(COMMON)
  await page.locator('.suggestions li').first().waitFor()
  assert.deepEqual(await page.evaluate(() => intrudersIn(document)), [])
  assert.deepEqual(seen, [])
})

async function guarded(options: { cookie?: string; bypassCSP?: boolean } = {}) {
  const context = await visit(browser, { url, ...options })
  const seen = await guard(context, new URL(url))
  const page = await context.newPage()
  await page.goto('/healthz')
  return { page, seen }
}

const LINK = /<a [^>]*href="(\/[^"#]*)"/g

/** The pages at these addresses, and those they lead to, and so on. */
async function pagesAlong({ from, along, cookie }: { from: string[]; along: RegExp; cookie?: string }) {
  const known = new Set(from)
  const sources: string[] = []
  for (const address of known) {
    const source = await sourceOf(address, cookie)
    sources.push(source)
    const links = [...source.matchAll(LINK)].map(([, link]) => link!.replaceAll('&amp;', '&'))
    for (const link of links) if (along.test(link) && !link.endsWith('.atom')) known.add(link)
  }
  return sources
}

async function sourceOf(address: string, cookie = '') {
  const reply = await app.inject({ url: address, headers: { cookie, accept: 'text/html' } })
  return reply.body
}

const batches = (size: number) =>
  Array.from({ length: Math.ceil(allPayloads.length / size) }, (_, index) =>
    allPayloads.slice(index * size, (index + 1) * size),
  )

/** Every address that takes something, and some that do not. */
function addressesWith(words: string[]) {
  const all = encodeURIComponent(words.join(' ').toWellFormed())
  const first = encodeURIComponent(words[0]!.toWellFormed())
  const queries = [
    '/ask?title=',
    '/ask?category=',
    '/search?q=',
    '/admin/accounts?q=',
    '/questions?after=',
    '/nothing?x=',
  ]
  const paths = ['/', '/categories/', '/experts/', '/questions/', '/questions/1/']
  const nexts = ['/sign-in?next=', '/sign-up?next=/', '/sign-in/link?token=', '/admin/categories/new?parentId=']
  return [...queries.map((start) => start + all), ...[...paths, ...nexts].map((start) => start + first)]
}
