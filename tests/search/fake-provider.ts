import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { tokensOf } from '../../src/search/words.ts'
import type { Cleanup } from '../helper.ts'

/** What this provider understands: each line means one thing. */
const CONCEPTS = [
  'frozen shoulder; adhesive capsulitis; lift my arm; reach overhead',
  'stroke victim; hemiplegia',
  'rain barrel; gutter',
].map((line) => line.split(';').map((phrase) => tokensOf(phrase).join(' ')))

const WORDS = 1_009

type Asked = { authorization?: string; model: string; input: string[] }

/** Speaks as OpenAI does, knows three things, and can be told to fail. */
export async function fakeProvider(t: Cleanup) {
  const asked: Asked[] = []
  const mood = { status: 200, waitMs: 0, refuses: '\0', body: undefined as unknown, extra: 0 }
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const { model, input } = JSON.parse(Buffer.concat(chunks).toString()) as Asked
    asked.push({ authorization: request.headers.authorization, model, input })
    await setTimeout(mood.waitMs)
    const status = request.url !== '/v1/embeddings' ? 404 : input.join().includes(mood.refuses) ? 400 : mood.status
    const data = input.map((text, index) => ({ index, embedding: embeddingOf(text, mood.extra) })).reverse()
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(mood.body ?? { data }))
  })
  server.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`
  return { url, asked, mood, texts: () => asked.flatMap(({ input }) => input) }
}

/** Things understood far apart from each other; of all else each word points a little somewhere. */
function embeddingOf(text: string, extra: number) {
  const tokens = tokensOf(text)
  const words = ` ${tokens.join(' ')} `
  const numbers = new Array<number>(CONCEPTS.length + WORDS + extra).fill(0)
  for (const [place, phrases] of CONCEPTS.entries())
    if (phrases.some((phrase) => words.includes(` ${phrase} `))) numbers[place] = 3
  for (const token of tokens) numbers[CONCEPTS.length + placeOf(token)]! += 0.3
  numbers[CONCEPTS.length]! += 1
  return numbers
}

function placeOf(token: string) {
  let hash = 7
  for (const letter of token) hash = (hash * 31 + letter.codePointAt(0)!) % 1_000_003
  return hash % WORDS
}
