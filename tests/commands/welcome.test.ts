import assert from 'node:assert/strict'
import { test } from 'node:test'
import { originsInNetwork } from '../../src/commands/network.ts'
import { welcomeText } from '../../src/commands/welcome.ts'

const baseUrl = new URL('https://example.org/')

test('other machines reach only a forum that listens to them', () => {
  for (const origin of originsInNetwork({ baseUrl: undefined, host: '0.0.0.0' }, 3000))
    assert.match(origin, /^http:\/\/(?!127\.)\d+(\.\d+){3}:3000$/)
  assert.deepEqual(originsInNetwork({ baseUrl: undefined, host: '127.0.0.1' }, 3000), [])
  assert.deepEqual(originsInNetwork({ baseUrl, host: '0.0.0.0' }, 3000), [])
})

test('whoever opens it to their network is told where, and what mail still needs', () => {
  const elsewhere = ['http://192.168.1.5:3000', 'http://10.0.0.7:3000']
  const text = welcome(elsewhere)
  for (const origin of elsewhere) assert.match(text, new RegExp(`^ +${origin}/$`, 'm'))
  assert.match(text, /Links in mail .+ set BASE_URL, such as BASE_URL=http:\/\/192\.168\.1\.5:3000\/$/m)
  assert.doesNotMatch(welcome([]), /BASE_URL/)
})

const welcome = (elsewhere: string[]) =>
  welcomeText({
    siteName: 'Bone Health',
    address: (path) => `http://localhost:3000${path}`,
    elsewhere,
    links: [],
  })
