import { slugOf } from '../lib/slugs.ts'

/** Pages of ours at the addresses that experts' pages have. */
const TAKEN = ['apply', 'applications', 'credentials']

export const isTakenByPage = (handle: string) => TAKEN.includes(handle)

/** With a number behind it an address still fits. */
const LONGEST = 68

/** What their page may be called, the likeliest first; the last is nobody else's. */
export function* handlesFor(name: string, accountId: number) {
  const handle = slugOf(name, 'expert').slice(0, LONGEST)
  if (!isTakenByPage(handle)) yield handle
  for (let number = 2; number < 10; number += 1) yield `${handle}-${number}`
  yield `${handle}-${accountId}`
}
