import assert from 'node:assert/strict'
import { test } from 'node:test'
import { examineAddress } from '../../src/commands/doctor.ts'
import { readConfig } from '../../src/config.ts'

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
  ['https without a proxy', { ...inProduction, TRUST_PROXY: 'off' }, 'doubtful', /TRUST_PROXY is off/],
  ['production that nobody can write to', { ...inProduction, CONTACT: '' }, 'doubtful', /CONTACT is not set/],
]

for (const [what, environment, is, text] of cases)
  test(`the doctor's word on ${what}`, () => {
    const findings = examineAddress(readConfig(environment))
    assert.ok(findings.some((finding) => finding.is === is && text.test(finding.text)))
  })
