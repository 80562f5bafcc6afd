import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTranslator, escapeHtml } from '../../src/lib/messages.ts'

const { t, tHtml } = createTranslator('en')

test('a sentence without translation is its own text', () => {
  assert.equal(t('Ask a question'), 'Ask a question')
})

test('values, numbers and plurals are filled in', () => {
  const message = '{count, plural, =0 {no answers} one {# answer} other {# answers}} for {name}'
  assert.equal(t(message, { count: 0, name: 'Ada' }), 'no answers for Ada')
  assert.equal(t(message, { count: 1, name: 'Ada' }), '1 answer for Ada')
  assert.equal(t(message, { count: 12_345, name: 'Ada' }), '12,345 answers for Ada')
})

test('other languages have their own plurals', () => {
  const english = '{n, plural, one {# answer} other {# answers}}'
  const polish = createTranslator('pl', { [english]: '{n, plural, one {# rada} few {# rady} other {# rad}}' })
  assert.deepEqual(
    [1, 3, 5].map((n) => polish.t(english, { n })),
    ['1 rada', '3 rady', '5 rad'],
  )
})

test('a short text is translated by its context', () => {
  const { t } = createTranslator('de', { Answer: 'Antwort', 'Answer\u0004button': 'Antworten' })
  assert.equal(t('Answer'), 'Antwort')
  assert.equal(t('Answer', {}, 'button'), 'Antworten')
  assert.equal(t('Close', {}, 'button'), 'Close')
})

test('plain text is not escaped, nor are its angle brackets tags', () => {
  assert.equal(t('<b>{name}</b>', { name: 'A & B' }), '<b>A & B</b>')
})

test('HTML escapes its values', () => {
  const html = tHtml('By {name} in <a>{place}</a>', {
    name: '<script>"x"</script>',
    place: "A & 'B'",
    a: (text) => `<a href="/x">${text}</a>`,
  })
  assert.equal(html, 'By &lt;script&gt;&quot;x&quot;&lt;/script&gt; in <a href="/x">A &amp; &#39;B&#39;</a>')
})

test('a value that looks like a tag or a message stays a value', () => {
  assert.equal(
    tHtml('<b>{name}</b>', { name: '</b>{name}<b>', b: (text) => `[${text}]` }),
    '[&lt;/b&gt;{name}&lt;b&gt;]',
  )
  assert.equal(t('{name}', { name: '{other}' }), '{other}')
})

test('everything HTML gives a meaning to is escaped', () => {
  assert.equal(escapeHtml(`<>&"'`), '&lt;&gt;&amp;&quot;&#39;')
})
