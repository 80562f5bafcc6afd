import assert from 'node:assert/strict'
import { test } from 'node:test'
import { build } from '../helper.ts'

const SOCKET = '127.0.0.1'
const WRITTEN = '198.51.100.9, 203.0.113.5, 192.0.2.1'

const proxies: [string, number, string][] = [
  ['without a proxy nobody is believed', 0, SOCKET],
  ['behind one proxy its word alone counts, not what a visitor wrote', 1, '192.0.2.1'],
  ['behind two proxies the word of both counts', 2, '203.0.113.5'],
]

for (const [what, trustProxy, address] of proxies)
  test(what, async (t) => {
    const { app } = await build(t, { trustProxy })
    app.get('/address', async ({ ip }) => ip)
    const reply = await app.inject({ url: '/address', headers: { 'x-forwarded-for': WRITTEN } })
    assert.equal(reply.body, address)
  })
