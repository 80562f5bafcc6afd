import assert from 'node:assert/strict'
import { test } from 'node:test'
import { examineAddress, examineMeaning } from '../../src/commands/doctor.ts'
import { readConfig } from '../../src/config.ts'
import { fakeProvider } from '../search/fake-provider.ts'

const inProduction = {
  NODE_ENV: 'production',
  BASE_URL: 'https://example.org/',
  TRUST_PROXY: 'on',
  CONTACT: 'help@example.org',
}

const cases: [string, Record<string, string>, string, RegExp][] = [
  ['a trial', {}, 'good', /this machine alone/],
  ['production with all it takes', inProduction, 'good', /open to everybody at https:\/\/example\.org\//],
  ['production without an address', { NODE_ENV: 'production' }, 'wrong', /BASE_URL is not set/],
  [
    'an address that leads home',
    { ...inProduction, BASE_URL: 'http://localhost/' },
    'wrong',
    /only this machine can reach/,
  ],
  ['http in the open', { ...inProduction, BASE_URL: 'http://example.org/' }, 'doubtful', /BASE_URL is not https/],
  [
    'a host for all, in development',
    { HOST: '0.0.0.0', BASE_URL: 'http://forum.lan/' },
    'doubtful',
    /NODE_ENV is not production/,
  ],
  ['passkeys without https', { ...inProduction, BASE_URL: 'http://example.org/' }, 'doubtful', /passkeys do not work/],
  ['passkeys at a number', { ...inProduction, BASE_URL: 'https://192.0.2.7/' }, 'doubtful', /the name of a host/],
  ['passwords alone', { ...inProduction, TWO_FACTOR: 'optional' }, 'doubtful', /TWO_FACTOR is optional/],
  ['https without a proxy', { ...inProduction, TRUST_PROXY: 'off' }, 'doubtful', /TRUST_PROXY is off/],
  ['production that nobody can write to', { ...inProduction, CONTACT: '' }, 'doubtful', /CONTACT is not set/],
]

for (const [what, environment, is, text] of cases)
  test(`the doctor's word on ${what}`, () => {
    const findings = examineAddress(readConfig(environment))
    assert.ok(findings.some((finding) => finding.is === is && text.test(finding.text)))
  })

test('the doctor asks the embedding provider, where there is one', async (t) => {
  assert.deepEqual(await examineMeaning(readConfig({})), [])
  const { url, mood } = await fakeProvider(t)
  const settings = readConfig({ EMBEDDINGS_URL: url, EMBEDDINGS_MODEL: 'tiny' })
  const [healthy] = await examineMeaning(settings)
  assert.match(
    `${healthy!.is} ${healthy!.text}`,
    /^(good|doubtful) The embedding provider answers in \d+ ms, with \d+ numbers/,
  )
  mood.status = 401
  assert.deepEqual(await examineMeaning(settings), [{ is: 'wrong', text: 'The embedding provider answers 401.' }])
})
