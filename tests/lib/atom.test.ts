import assert from 'node:assert/strict'
import { test } from 'node:test'
import { atomFeed } from '../../src/lib/atom.ts'

const feed = { id: 'urn:x', url: 'https://example.org/a.atom?b=1&c=2', pageUrl: 'https://example.org/', title: 'New' }
const entry = {
  id: 'https://example.org/questions/1',
  url: 'https://example.org/questions/1/why',
  title: 'Why?',
  author: 'Quiet Heron 482',
  summary: 'Tell me.',
  publishedAt: new Date('2007-09-26T08:55:10Z'),
  updatedAt: new Date('2007-09-27T10:12:00Z'),
}

test('a feed is as new as its newest entry', () => {
  const older = { ...entry, updatedAt: new Date('2001-01-01') }
  assert.match(atomFeed({ ...feed, entries: [older, entry] }), /^<updated>2007-09-27T10:12:00.000Z<\/updated>$/m)
})

test('an entry has an id, a title, an author and dates', () => {
  const xml = atomFeed({ ...feed, entries: [entry] })
  for (const part of [
    '<id>https://example.org/questions/1</id>',
    '<title>Why?</title>',
    '<author><name>Quiet Heron 482</name></author>',
    '<published>2007-09-26T08:55:10.000Z</published>',
    '<summary>Tell me.</summary>',
  ])
    assert.ok(xml.includes(part), part)
})

test('what XML gives a meaning to is escaped, and what it cannot hold is left out', () => {
  const xml = atomFeed({ ...feed, entries: [{ ...entry, title: '<b>&\u0000\u0008"\uffff' }] })
  assert.match(xml, /<title>&lt;b&gt;&amp;&quot;<\/title>/)
  assert.match(xml, /href="https:\/\/example.org\/a.atom\?b=1&amp;c=2"/)
})

test('a feed without entries is one all the same', () => {
  assert.match(atomFeed({ ...feed, entries: [] }), /<updated>1970-01-01T00:00:00.000Z<\/updated>/)
})
