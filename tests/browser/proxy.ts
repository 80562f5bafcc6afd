import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Cleanup } from '../helper.ts'

const PREFIX = '/forum'

/** A reverse proxy that hands on what is below /forum, whole or with that cut off. `astray` is what was asked for beside it. */
export async function openProxy(t: Cleanup, { cutsOff }: { cutsOff: boolean }) {
  const astray: string[] = []
  let port = 0
  const server = createServer((incoming, outgoing) => {
    const { url = '' } = incoming
    if (url.startsWith(`${PREFIX}/`))
      return pass(incoming, outgoing, { port, path: cutsOff ? url.slice(PREFIX.length) : url })
    astray.push(url)
    outgoing.writeHead(404).end()
  })
  server.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  const baseUrl = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}${PREFIX}/`)
  const leadTo = (target: string) => {
    port = Number(new URL(target).port)
  }
  return { baseUrl, basePath: PREFIX, astray, leadTo }
}

function pass(incoming: IncomingMessage, outgoing: ServerResponse, target: { port: number; path: string }) {
  const { method, headers } = incoming
  const onward = request({ host: '127.0.0.1', method, headers, ...target }, (answer) => {
    outgoing.writeHead(answer.statusCode!, answer.headers)
    answer.pipe(outgoing)
  })
  onward.on('error', () => outgoing.destroy())
  incoming.pipe(onward)
}
