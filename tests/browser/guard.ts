import type { BrowserContext, Page } from 'playwright-core'

declare global {
  /** In the browser: elements that must not be in a page whatever it shows, whether or not they would do anything. */
  var intrudersIn: (page: Document) => string[]
}

/** Watches for everything an attack may do, and gathers what it saw. */
export async function guard(context: BrowserContext, { origin }: URL) {
  const seen: string[] = []
  const note = (page: Page, what: string) => seen.push(`${page.url()}: ${what}`)
  await context.addInitScript(defineIntruders)
  await context.exposeBinding('xss', ({ page }) => note(page, 'a script ran'))
  context.on('page', (page) => {
    page.on('dialog', async (dialog) => {
      note(page, 'a dialog opened')
      await dialog.dismiss()
    })
    page.on('popup', () => note(page, 'a window opened'))
    page.on('request', (request) => {
      if (new URL(request.url()).origin !== origin) note(page, `it asked for ${request.url()}`)
    })
    page.on('console', (message) => {
      if (/Content Security Policy|Refused/.test(message.text())) note(page, message.text())
    })
  })
  return seen
}

function defineIntruders() {
  const things = 'iframe, object, embed, base, style, portal, meta[http-equiv], [style], [srcset]'
  const scripts = 'script:not([src^="/"]):not([type="application/ld+json"])'
  const address = /^(.*:)?(href|src|action|formaction|data|ping)$/

  globalThis.intrudersIn = (page) =>
    [...page.querySelectorAll('*')].filter(isIntruder).map(({ outerHTML }) => outerHTML)

  function isIntruder(element: Element) {
    if (element.matches(things) || element.matches(scripts)) return true
    return [...element.attributes].some(
      ({ name, value }) => name.startsWith('on') || (address.test(name) && isAstray(value)),
    )
  }

  /** To another place by another way than a whole address that people can see. */
  function isAstray(value: string) {
    const { protocol, origin } = new URL(value, document.baseURI)
    if (protocol === 'mailto:' || /^tel:\+?\d+$/.test(value)) return false
    return !/^https?:$/.test(protocol) || (origin !== location.origin && !/^https?:\/\//.test(value))
  }
}

/** Opens pages in frames of one page, many at a time, which is quicker than one after the other. @returns intruders */
export async function openInFrames(page: Page, sources: string[]) {
  const intruders: string[] = []
  for (let index = 0; index < sources.length; index += 40) {
    const found = await page.evaluate(
      async (batch) => {
        const frames = batch.map((srcdoc) => Object.assign(document.createElement('iframe'), { srcdoc }))
        const loaded = frames.map((frame) => new Promise((resolve) => frame.addEventListener('load', resolve)))
        document.body.replaceChildren(...frames)
        await Promise.all(loaded)
        return frames.flatMap(({ contentDocument: shown }) =>
          shown ? intrudersIn(shown) : ['a page that led elsewhere'],
        )
      },
      sources.slice(index, index + 40),
    )
    intruders.push(...found)
  }
  return intruders
}
