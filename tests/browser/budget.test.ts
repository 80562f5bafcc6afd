import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { BrowserContext, Page } from 'playwright-core'
import { DESK, openBrowser, PHONE, visit } from './browser.ts'
import { openForum } from './forum.ts'

const LARGEST_BYTES = 40 * 1024
const MOST_REQUESTS = 10

declare global {
  var shifts: PerformanceObserver
}

const browser = await openBrowser()
const { url } = await openForum({ after })

for (const [screen, viewport] of Object.entries({ desk: DESK, phone: PHONE }))
  test(`a first visit to a question is quick on a ${screen}, and nothing jumps`, async () => {
    const context = await visit(browser, { url, viewport })
    await context.addInitScript(() => {
      globalThis.shifts = new PerformanceObserver(() => {})
      globalThis.shifts.observe({ type: 'layout-shift', buffered: true })
    })
    const page = await context.newPage()
    const { requests, bytes } = await firstVisit(context, page, '/questions/1/active-release-therapy')

    assert.ok(requests.length <= MOST_REQUESTS, `${requests.length} requests: ${requests.join(' ')}`)
    assert.deepEqual(
      requests.filter((request) => !request.startsWith(url)),
      [],
    )
    assert.ok(bytes <= LARGEST_BYTES, `${bytes} bytes`)
    assert.deepEqual(await shiftsOn(page), [])
  })

/** What goes over the wire until all is there: bodies as they are compressed, and headers. */
async function firstVisit(context: BrowserContext, page: Page, path: string) {
  const protocol = await context.newCDPSession(page)
  const requests: string[] = []
  let bytes = 0
  protocol.on('Network.requestWillBeSent', ({ request }) => requests.push(request.url))
  protocol.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength
  })
  await protocol.send('Network.enable')
  await page.goto(path, { waitUntil: 'networkidle' })
  await page.getByRole('heading', { level: 1, name: 'Active release therapy' }).waitFor()
  return { requests, bytes }
}

/** Down to the end of the page, once its font is there. */
const shiftsOn = (page: Page) =>
  page.evaluate(async () => {
    await document.fonts.ready
    scrollTo(0, document.body.scrollHeight)
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
    return shifts.takeRecords().map((shift) => JSON.stringify(shift))
  })
