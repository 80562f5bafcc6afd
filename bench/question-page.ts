import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { interleaved } from './interleaved.ts'
import { sampleLoad } from './load.ts'
import { fetchPage } from './page.ts'
import { type Subject, startServer } from './processes.ts'
import { createRandom } from './random.ts'
import type { Stage } from './stage.ts'

const LOOKED_AT = 101
/** Each connection asks for so many questions of its own before it begins again. */
const ASKED = 2000
/** What browsers of today send. */
const ENCODINGS = { plain: {}, compressed: { 'accept-encoding': 'gzip, deflate, br, zstd' } }

/** The forum's page of a question, any question, against a bare server that answers each time with one such page. */
export async function measureQuestionPage(stage: Stage, encoding: keyof typeof ENCODINGS) {
  const { forum, options } = stage
  const headers = ENCODINGS[encoding]
  const paths = stage.read<Address>('select id, slug from questions').map(({ id, slug }) => `/questions/${id}/${slug}`)
  const page = await fetchPage(forum.origin + (await typicalPage(stage, paths)), headers)
  const bare = await startBare(stage, page)
  const random = createRandom(2)
  const target = (subject: Subject) => (seconds: number) => {
    const requests = () => random.many(paths, ASKED).map((path) => ({ method: 'GET' as const, path, headers }))
    return sampleLoad({ subject, requests, status: 200, connections: options.connections, seconds })
  }
  const results = await interleaved({ forum: target(forum), bare: target(bare) }, stage.rounds(`question, ${encoding}`))
  bare.child.kill()
  return { ...results, bytes: page.bytes, encoding: page.encoding ?? 'none' }
}

type Address = { id: number; slug: string }

/** The page whose size is the median of some taken at random. */
async function typicalPage({ forum }: Stage, paths: string[]) {
  const pages = []
  for (const path of createRandom(3).many(paths, LOOKED_AT))
    pages.push({ path, bytes: (await fetchPage(forum.origin + path, {})).bytes })
  return pages.sort((a, b) => a.bytes - b.bytes)[Math.floor(LOOKED_AT / 2)]!.path
}

async function startBare({ folder }: Stage, { kept }: Awaited<ReturnType<typeof fetchPage>>) {
  const file = join(folder, 'page.json')
  writeFileSync(file, JSON.stringify(kept))
  const bare = await startServer(['bench/bare-server.ts', file], { folder })
  if (!isDeepStrictEqual((await fetchPage(bare.origin, {})).kept, kept))
    throw new Error('The bare server does not answer with the same bytes.')
  return bare
}
