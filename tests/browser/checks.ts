import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import type { State } from './states.ts'

const require = createRequire(import.meta.url)
// the builder of @axe-core/playwright loads axe anew for each look, which takes three times as long
const axe = readFileSync(createRequire(require.resolve('@axe-core/playwright')).resolve('axe-core/axe.min.js'), 'utf8')
const validator = require.resolve('vnu-jar/build/dist/vnu.jar')

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** Brings the page into a state. @returns the status and the HTML as the server sent it */
export async function open(page: Page, { path, send }: State) {
  const answered = page.waitForResponse(
    (response) => isPage(response.status()) && response.request().isNavigationRequest(),
  )
  const loaded = page.waitForEvent('load') // the state of loading is that of the page before until this one answers
  if (send) await post(page, path, send)
  else await page.goto(path)
  const response = await answered
  await loaded
  return { status: response.status(), html: await response.text() }
}

const isPage = (status: number) => status < 300 || status >= 400

async function post(page: Page, path: string, fields: Record<string, string>) {
  await page.evaluate(
    ([action, values]) => {
      const form = document.createElement('form')
      Object.assign(form, { action, method: 'post' })
      for (const [name, value] of Object.entries(values)) {
        const field = document.createElement('textarea')
        Object.assign(field, { name, value })
        form.append(field)
      }
      document.body.append(form)
      form.submit()
    },
    [path, fields] as const,
  )
}

const DRESSES = [
  { colorScheme: 'light', width: 1280 },
  { colorScheme: 'dark', width: 1280 },
  { colorScheme: 'dark', width: 360 },
  { colorScheme: 'light', width: 360 },
] as const

/** What axe has against the page in light and dark, on a desk and on a phone; a line each. */
export async function violationsOn(page: Page) {
  await page.evaluate(axe)
  const found: string[] = []
  for (const { colorScheme, width } of DRESSES) {
    await page.emulateMedia({ colorScheme })
    await page.setViewportSize({ width, height: 900 })
    for (const line of await page.evaluate<string[]>(LOOK)) found.push(`${colorScheme}, ${width}: ${line}`)
  }
  return found
}

const LOOK = `axe.run({ runOnly: ${JSON.stringify(WCAG)}, resultTypes: ['violations'] }).then(({ violations }) =>
  violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => id + ': ' + html + ' ' + failureSummary)))`

/** The narrowest screen a page must fit without scrolling sideways (WCAG 1.4.10). */
export async function overflowOf(page: Page) {
  await page.setViewportSize({ width: 320, height: 640 })
  return page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
}

export const hasJava = spawnSync('java', ['-version']).status === 0

/** What the Nu HTML Checker has against these pages, a line each. */
export function htmlErrors(pages: Map<string, string>) {
  const folder = mkdtempSync(join(tmpdir(), 'forum-html-'))
  const names = [...pages.keys()]
  const files = names.map((_, index) => join(folder, `${index}.html`))
  for (const [index, file] of files.entries()) writeFileSync(file, pages.get(names[index]!)!)
  const words = ['-jar', validator, '--format', 'json', '--stdout', '--exit-zero-always', ...files]
  const { stdout } = spawnSync('java', words, { encoding: 'utf8', maxBuffer: 2 ** 26 })
  rmSync(folder, { recursive: true })
  const { messages } = JSON.parse(stdout) as { messages: Message[] }
  return messages.filter(({ type }) => type !== 'info').map((message) => lineOf(message, names))
}

type Message = { type: string; url: string; message: string; extract?: string }

const lineOf = ({ url, message, extract = '' }: Message, names: string[]) =>
  `${names[Number(/(\d+)\.html$/.exec(url)?.[1])]}: ${message} ${extract}`
