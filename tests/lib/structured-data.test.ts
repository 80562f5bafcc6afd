import assert from 'node:assert/strict'
import { test } from 'node:test'
import { breadcrumbList, profilePage, qaPage, structuredDataHtml } from '../../src/lib/structured-data.ts'

const asked = new Date('2007-09-26T08:55:10Z')
const answered = new Date('2007-09-27T10:12:00Z')
const question = {
  name: 'Why?',
  text: 'Tell me.',
  author: { name: 'Quiet Heron 482' },
  datePublished: asked,
  answers: [],
}
const answer = {
  text: 'So.',
  url: 'https://example.org/questions/1/why#answer-1',
  author: { name: 'Vera Lund', url: 'https://example.org/experts/vera-lund', jobTitle: 'Physiotherapist' },
  datePublished: answered,
}

test('a question page tells its question and all answers, with dates in ISO 8601', () => {
  const { mainEntity } = qaPage({ ...question, answers: [answer] }) as { mainEntity: object }
  assert.deepEqual(mainEntity, {
    '@type': 'Question',
    name: 'Why?',
    text: 'Tell me.',
    author: { '@type': 'Person', name: 'Quiet Heron 482' },
    datePublished: '2007-09-26T08:55:10.000Z',
    answerCount: 1,
    suggestedAnswer: [
      {
        '@type': 'Answer',
        ...answer,
        author: { '@type': 'Person', ...answer.author },
        datePublished: '2007-09-27T10:12:00.000Z',
      },
    ],
  })
})

test('what is not known is left out', () => {
  assert.doesNotMatch(structuredDataHtml(qaPage(question)), /dateModified|undefined|null/)
})

test('a trail counts from one, and its last place needs no address', () => {
  assert.deepEqual(breadcrumbList([{ name: 'Home', url: 'https://example.org/' }, { name: 'Here' }]), {
    '@type': 'BreadcrumbList',
    itemListElement: [
      { '@type': 'ListItem', position: 1, name: 'Home', item: 'https://example.org/' },
      { '@type': 'ListItem', position: 2, name: 'Here' },
    ],
  })
})

test('nothing in it can end the script element, and it says what it said', () => {
  const name = '</script><script>alert("1")</script><!-- \u2028 &amp;'
  const html = structuredDataHtml(profilePage({ name }))
  assert.doesNotMatch(html, /</)
  assert.equal(JSON.parse(html)['@graph'][0].mainEntity.name, name)
})
