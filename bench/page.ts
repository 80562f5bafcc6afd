import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { buffer } from 'node:stream/consumers'

/** An answer as it came over the wire: names and values of headers by turns, body in base64. */
export type KeptPage = { status: number; headers: string[]; body: string }

/** Node writes these itself, at the time. */
const NODES_OWN = ['date', 'connection', 'keep-alive']

export async function fetchPage(url: string, headers: Record<string, string>) {
  const [response] = (await once(get(url, { headers, agent: false }), 'response')) as [IncomingMessage]
  const body = await buffer(response)
  const pairs = response.rawHeaders.flatMap((name, index, all) => (index % 2 === 0 ? [[name, all[index + 1]!]] : []))
  const own = pairs.filter(([name]) => !NODES_OWN.includes(name!.toLowerCase()))
  return {
    kept: { status: response.statusCode!, headers: own.flat(), body: body.toString('base64') } satisfies KeptPage,
    bytes: body.length,
    encoding: response.headers['content-encoding'],
  }
}
