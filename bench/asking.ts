import { randomBytes } from 'node:crypto'
import { interleaved } from './interleaved.ts'
import { sample, sampleLoad, type Work } from './load.ts'
import { call, start } from './processes.ts'
import { createRandom } from './random.ts'
import type { Stage } from './stage.ts'
import { assertSameRows, countRows } from './written-rows.ts'

/** Posting a question, signed in, against transactions of better-sqlite3 alone that write the same rows. */
export async function measureAsking(stage: Stage) {
  const { forum, folder, options } = stage
  const posted = { file: stage.file, before: countRows(stage.file) }
  const written = { file: stage.copy, before: countRows(stage.copy) }
  const writer = start(['bench/raw-writer.ts', stage.copy, stage.filledFile], { folder })
  const setupRequest = createPosts(stage)
  const requests = () => [{ setupRequest }]
  const targets = {
    forum: (seconds: number) =>
      sampleLoad({ subject: forum, requests, status: 303, connections: options.connections, seconds }),
    raw: (seconds: number) => sample(writer, () => call<Work>(writer, { writeForSeconds: seconds })),
  }
  const results = await interleaved(targets, stage.rounds('asking'))
  writer.kill()
  assertSameRows(posted, written)
  return results
}

/** Each post is another question, of the next account, from another address: what the forum limits stays within its limits. */
function createPosts({ filled }: Stage) {
  const random = createRandom(5)
  let posts = 0
  return () => {
    const { title, body } = random.pick(filled.texts)
    const key = randomBytes(24).toString('base64url')
    const category = random.pick(filled.leaves).path
    const fields = { title, body, category, key, ageBand: '50-59', duration: 'weeks', considered: 'yes' }
    return {
      method: 'POST' as const,
      path: '/ask',
      headers: {
        cookie: filled.askers[posts++ % filled.askers.length]!.cookie,
        'content-type': 'application/x-www-form-urlencoded',
        'sec-fetch-site': 'same-origin',
        'x-forwarded-for': `10.${random.below(256)}.${random.below(256)}.${random.below(256)}`,
      },
      body: new URLSearchParams(fields).toString(),
    }
  }
}
