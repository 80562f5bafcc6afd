import type { Page } from 'playwright-core'

const MOST_STOPS = 80

/** Goes on with Tab until the focus stands on the field, link or button of that name. */
export async function tabTo(page: Page, name: string) {
  const seen: string[] = []
  while (seen.length < MOST_STOPS) {
    await page.keyboard.press('Tab')
    const focused = await focusedName(page)
    if (focused === name) return
    seen.push(focused)
  }
  throw new Error(`Tab does not lead to "${name}", only to ${[...new Set(seen)].join(', ')}`)
}

export async function pressOn(page: Page, name: string) {
  await tabTo(page, name)
  await page.keyboard.press('Enter')
}

export async function tick(page: Page, name: string) {
  await tabTo(page, name)
  await page.keyboard.press('Space')
}

/** Keys pressed before the next page has come would be lost. */
export const arriveAt = (page: Page, heading: string) =>
  page.getByRole('heading', { level: 1, name: heading }).waitFor()

export async function typeInto(page: Page, name: string, text: string) {
  await tabTo(page, name)
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.insertText(text)
}

/** By its label or text, as the accessibility tree has it. */
async function focusedName(page: Page) {
  const snapshot = await page.locator(':focus').ariaSnapshot()
  return /"(.*?)"/.exec(snapshot)?.[1] ?? snapshot
}
