import assert from 'node:assert/strict'
import { test } from 'node:test'
import { slugOf } from '../../src/lib/slugs.ts'

for (const [text, slug] of [
  ['Nerve pain: L5/S1?', 'nerve-pain-l5-s1'],
  ['  Is heat better than ice  ', 'is-heat-better-than-ice'],
  ["What’s my doctor's view", 'whats-my-doctors-view'],
  ['Über die Hüfte, à propos', 'uber-die-hufte-a-propos'],
  ['ﬁfth toe №5', 'fifth-toe-no5'],
  ['--- ---', 'question'],
  ['Боль в спине', 'question'],
  ['痛み', 'question'],
  ['', 'question'],
] as const)
  test(`the slug of ${JSON.stringify(text)} is ${slug}`, () => {
    assert.equal(slugOf(text), slug)
  })

test('a slug is short, without a dash at its end', () => {
  const slug = slugOf('abc '.repeat(100))
  assert.ok(slug.length <= 80)
  assert.doesNotMatch(slug, /-$/)
})

test('the fallback can be another word', () => {
  assert.equal(slugOf('痛み', 'category'), 'category')
})
