import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createUrl, safePath, withoutBasePath } from '../../src/lib/urls.ts'

test('addresses begin with the sub-path and leave blank values out', () => {
  const url = createUrl('/forum')
  assert.equal(url('/ask'), '/forum/ask')
  assert.equal(url('/ask', { category: 'a/b & c', after: undefined, q: '' }), '/forum/ask?category=a%2Fb+%26+c')
  assert.equal(createUrl('')('/'), '/')
})

test('a path of this site is kept', () => {
  assert.equal(safePath('/ask?category=a#b'), '/ask?category=a#b')
})

for (const path of [
  undefined,
  '',
  'ask',
  'https://evil.org/',
  '//evil.org/',
  '/\\evil.org/',
  '\\\\evil.org',
  '/\t/evil.org',
  '/\n/evil.org',
  'javascript:alert(1)',
  ' //evil.org',
])
  test(`${JSON.stringify(path)} leads nowhere else`, () => {
    assert.equal(safePath(path, '/home'), '/home')
  })

test('what climbs out of the site stays in it', () => {
  assert.equal(safePath('/../../etc'), '/etc')
})

for (const [arrived, inside] of [
  ['/forum/ask', '/ask'],
  ['/forum', '/'],
  ['/forum?x=1', '/?x=1'],
  ['/forum/', '/'],
  ['/ask', '/ask'],
  ['/forums/ask', '/forums/ask'],
] as const)
  test(`below /forum, ${arrived} is ${inside}`, () => {
    assert.equal(withoutBasePath(arrived, '/forum'), inside)
  })

test('without a sub-path an address stays as it is', () => {
  assert.equal(withoutBasePath('/forum/ask', ''), '/forum/ask')
})
