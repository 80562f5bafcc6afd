/** A process of its own: `node:http` and nothing else, answering every request with the page kept in a file. */
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import process from 'node:process'
import type { KeptPage } from './page.ts'

const { status, headers, body }: KeptPage = JSON.parse(readFileSync(process.argv[2]!, 'utf8'))
const bytes = Buffer.from(body, 'base64')

const server = createServer((_request, response) => {
  response.writeHead(status, headers)
  response.end(bytes)
})
server.keepAliveTimeout = 72_000 // Fastify's, which a header tells
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`))
