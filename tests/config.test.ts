import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readConfig } from '../src/config.ts'

test('without any setting somebody tries the forum out on their own machine', () => {
  const config = readConfig({})
  assert.ok(config.isTrial)
  assert.ok(config.seed)
  assert.equal(config.logLevel, 'warn')
})

const open: Record<string, Record<string, string>> = {
  'in production': { NODE_ENV: 'production' },
  'listening to everybody': { HOST: '0.0.0.0' },
  'with a public address': { BASE_URL: 'https://example.org/' },
  'behind a proxy': { TRUST_PROXY: 'on' },
}

for (const [where, environment] of Object.entries(open))
  test(`${where} it is no trial, and example content comes only when asked for`, () => {
    const config = readConfig(environment)
    assert.ok(!config.isTrial)
    assert.ok(!config.seed)
    assert.equal(config.logLevel, 'info')
    assert.ok(readConfig({ ...environment, SEED: 'on' }).seed)
  })

const wrong: Record<string, string> = {
  PORT: '70000',
  BASE_URL: 'example.org',
  DATABASE_URL: 'mysql://localhost/forum',
  MAIL_FROM: 'Forum <forum@example.org>',
  CONTACT: 'nobody',
  SECRET: 'short',
  NODE_ENV: 'prod',
  WORKERS: '0',
  LOG_LEVEL: 'loud',
  SEED: 'yes',
  TRUST_PROXY: 'all',
  TWO_FACTOR: 'yes',
  EMBEDDINGS_URL: 'example.org',
}

for (const [name, value] of Object.entries(wrong))
  test(`${name}=${value} is refused in one line that says what it takes`, () => {
    const pattern = new RegExp(`^${name} is "${value}"; it takes .+\\.$`)
    assert.throws(() => readConfig({ [name]: value }), { message: pattern })
  })

test('a second step is required of experts and staff in production, unless told otherwise', () => {
  assert.equal(readConfig({}).requiresTwoFactor, false)
  assert.equal(readConfig({ NODE_ENV: 'production' }).requiresTwoFactor, true)
  assert.equal(readConfig({ NODE_ENV: 'production', TWO_FACTOR: 'optional' }).requiresTwoFactor, false)
  assert.equal(readConfig({ TWO_FACTOR: 'required' }).requiresTwoFactor, true)
})

test('a proxy counts as one unless their number is told', () => {
  const proxies = (value: string) => readConfig({ TRUST_PROXY: value }).trustProxy
  assert.deepEqual(['off', 'on', '2'].map(proxies), [0, 1, 2])
})

test('what people write leaves the machine only where a provider and its model are named', () => {
  assert.equal(readConfig({ EMBEDDINGS_MODEL: 'tiny', EMBEDDINGS_KEY: 'sesame' }).embeddings, undefined)
  const url = 'http://127.0.0.1:8080/v1/'
  assert.throws(() => readConfig({ EMBEDDINGS_URL: url }), { message: /^EMBEDDINGS_MODEL is not set/ })
  const { embeddings } = readConfig({ EMBEDDINGS_URL: url, EMBEDDINGS_MODEL: 'tiny' })
  assert.deepEqual(embeddings, { url: 'http://127.0.0.1:8080/v1', model: 'tiny', key: undefined })
})
