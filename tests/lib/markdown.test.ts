import assert from 'node:assert/strict'
import { test } from 'node:test'
import { renderMarkdown } from '../../src/lib/markdown.ts'

const withoutDirections = (markdown: string, top?: 2 | 3 | 4) =>
  renderMarkdown(markdown, top).replaceAll(' dir="auto"', '').replaceAll('\n', '')

const becomes = (markdown: string, html: string) => assert.equal(withoutDirections(markdown), html)

test('a new line is a new line', () => {
  becomes('one\ntwo\n\nthree', '<p>one<br>two</p><p>three</p>')
})

test('blocks take the direction of their own text', () => {
  assert.match(renderMarkdown('שלום'), /<p dir="auto">/)
})

test('what looks like HTML is text, and no word of it is lost', () => {
  becomes('pain <3 at L5<S1, a<b and b>c', '<p>pain &lt;3 at L5&lt;S1, a&lt;b and b&gt;c</p>')
  becomes('<b>bold</b>', '<p>&lt;b&gt;bold&lt;/b&gt;</p>')
  becomes('<!-- note -->', '<p>&lt;!-- note --&gt;</p>')
  becomes('<div>\nin\n</div>', '<p>&lt;div&gt;<br>in<br>&lt;/div&gt;</p>')
})

test('headings begin at the level asked for and follow each other', () => {
  assert.equal(withoutDirections('# a\n### b\n# c', 2), '<h2>a</h2><h3>b</h3><h2>c</h2>')
  assert.equal(withoutDirections('### a\n#### b', 3), '<h3>a</h3><h4>b</h4>')
})

test('no heading goes below the sixth level', () => {
  assert.match(withoutDirections('# a\n## b\n### c\n#### d\n##### e', 4), /<h6>c<\/h6><h6>d<\/h6><h6>e<\/h6>$/)
})

test('a heading in a quote or a list counts too', () => {
  becomes('> ## a\n\n- # b', '<blockquote><h4>a</h4></blockquote><ul><li><h3>b</h3></li></ul>')
})

test('a line of dashes below a text is a line, not a heading', () => {
  becomes('text\n---\nmore', '<p>text</p><hr><p>more</p>')
})

test('blanks before a line make no code of it', () => {
  assert.match(renderMarkdown('    indented'), /<p dir="auto">\s*indented<\/p>/)
})

test('a range of numbers is not struck out', () => {
  becomes('5~6 days or 7~8, ~~gone~~', '<p>5~6 days or 7~8, <del>gone</del></p>')
})

test('links are marked as somebody else’s', () => {
  becomes('[x](https://a.org "title")', '<p><a href="https://a.org" rel="ugc nofollow noopener">x</a></p>')
})

test('bare addresses become links', () => {
  const rel = 'rel="ugc nofollow noopener"'
  becomes('see https://a.org/b.', `<p>see <a href="https://a.org/b" ${rel}>https://a.org/b</a>.</p>`)
  becomes('www.a.org', `<p><a href="http://www.a.org" ${rel}>www.a.org</a></p>`)
  becomes('<https://a.org>', `<p><a href="https://a.org" ${rel}>https://a.org</a></p>`)
  becomes('me@a.org', `<p><a href="mailto:me@a.org" ${rel}>me@a.org</a></p>`)
})

for (const address of [
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'java&#10;script:alert(1)',
  '&#106;avascript:alert(1)',
  'data:text/html,x',
  'vbscript:x',
  '//evil.org',
  '/questions/1',
  '#top',
  'ftp://a.org',
  'https:',
  'https://bank.example@elsewhere.example/',
])
  test(`${address} is no link`, () => {
    assert.doesNotMatch(renderMarkdown(`[x](${address}) ![y](${address}) <${address}> [r][r]\n\n[r]: ${address}`), /<a/)
  })

test('an image becomes a link, so that nothing loads from another host', () => {
  const link = (text: string) => `<a href="https://a.org/b.png" rel="ugc nofollow noopener">${text}</a>`
  becomes('![my back](https://a.org/b.png)', `<p>${link('my back')}</p>`)
  becomes('![](https://a.org/b.png)', `<p>${link('https://a.org/b.png')}</p>`)
  becomes('[![my back](https://c.org/d.png)](https://a.org/b.png)', `<p>${link('my back')}</p>`)
})

test('a table keeps its alignment, scrolls and has a name', () => {
  const table = withoutDirections('| a | b |\n|:-:|--:|\n| 1 | 2 |')
  assert.match(table, /^<div class="table-scroll" role="group" tabindex="0" aria-label="a, b"><table>/)
  assert.match(table, /<th scope="col" class="align-center">a<\/th>/)
  assert.match(table, /<td class="align-right">2<\/td>/)
})

test('a task list shows its ticks and cannot be pressed', () => {
  becomes('- [ ] a\n- [x] b', '<ul><li>☐ a</li><li>☑ b</li></ul>')
})

test('code stays as it was typed', () => {
  becomes('`<b>`', '<p><code>&lt;b&gt;</code></p>')
  becomes('```js\n<b>&amp;\n```', '<pre tabindex="0"><code>&lt;b&gt;&amp;amp;</code></pre>')
})

test('nothing that people write becomes an id or a class', () => {
  const html = renderMarkdown('# Content {#content .big}\n\n```notice\nx\n```\n\n[^1]: x')
  assert.doesNotMatch(html, / (id|class)=/)
})
