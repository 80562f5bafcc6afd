import assert from 'node:assert/strict'
import { test } from 'node:test'
import { renderMarkdown } from '../../src/lib/markdown.ts'

const becomes = (markdown: string, html: string) =>
  assert.equal(renderMarkdown(markdown).replaceAll(' dir="auto"', '').replaceAll('\n', ''), html)

const one = '<li>one</li>'
const two = '<li>two</li>'

test('letters and Roman numerals number a list', () => {
  becomes('a. one\nb. two', `<ol type="a">${one}${two}</ol>`)
  becomes('a) one\nb) two', `<ol type="a">${one}${two}</ol>`)
  becomes('A. one\nB. two', `<ol type="A">${one}${two}</ol>`)
  becomes('i. one\nii. two', `<ol type="i">${one}${two}</ol>`)
  becomes('IX) one\nX) two', `<ol type="I" start="9">${one}${two}</ol>`)
})

test('a list goes on where it was interrupted', () => {
  becomes('3. one\n4. two', `<ol start="3">${one}${two}</ol>`)
  becomes('3) one\n4) two', `<ol start="3">${one}${two}</ol>`)
  becomes('c. one\nd. two', `<ol type="a" start="3">${one}${two}</ol>`)
  becomes('1. one\n\ntext\n\n2. two', `<ol>${one}</ol><p>text</p><ol start="2">${two}</ol>`)
})

test('i and v are letters among letters', () => {
  becomes('h. one\ni. two', `<ol type="a" start="8">${one}${two}</ol>`)
  becomes('i. one\nj. two', `<ol type="a" start="9">${one}${two}</ol>`)
  becomes('v. one\nw. two', `<ol type="a" start="22">${one}${two}</ol>`)
  becomes('v. one\nvi. two', `<ol type="i" start="5">${one}${two}</ol>`)
})

test('lists nest in each other, indented or not', () => {
  const nested = `<ol><li>first<ol type="a">${one}${two}</ol></li><li>second</li></ol>`
  becomes('1. first\n   a. one\n   b. two\n2. second', nested)
  becomes('1. first\n\ta. one\n\tb. two\n2. second', nested)
  becomes('1. first\na. one\nb. two\n2. second', nested)
  becomes('a. first\n   - one\n   - two\nb. x', `<ol type="a"><li>first<ul>${one}${two}</ul></li><li>x</li></ol>`)
  becomes(
    'A. x\n   1. y\n      a. one\n      b. two\nB. z',
    `<ol type="A"><li>x<ol><li>y<ol type="a">${one}${two}</ol></li></ol></li><li>z</li></ol>`,
  )
})

test('an item may hold paragraphs', () => {
  becomes(
    'a. one\n\n   more\n\nb. two\n\nend',
    '<ol type="a"><li><p>one</p><p>more</p></li><li><p>two</p></li></ol><p>end</p>',
  )
})

test('a list may follow its introduction without a blank line', () => {
  becomes('Two things:\na. one\nb. two\n\nend', `<p>Two things:</p><ol type="a">${one}${two}</ol><p>end</p>`)
  becomes('> Two:\n> a. one\n> b. two', `<blockquote><p>Two:</p><ol type="a">${one}${two}</ol></blockquote>`)
})

test('it works on the lines of a browser, of Windows and of long texts', () => {
  becomes('a. one\r\nb. two\r\n', `<ol type="a">${one}${two}</ol>`)
  const long = `${'word '.repeat(300)}\n`.repeat(4)
  assert.match(renderMarkdown(`${long}\na. one\nb. two`), /<ol type="a">/)
})

for (const sentence of [
  'a. m. is the morning',
  'I. Newton said so',
  'i.e. this',
  'a. one',
  'A. Smith wrote it.\nC. Jones read it.',
  'a. one\nb) two',
  'a. one\nB. two',
  'b. one\na. two',
  'mix. one\nmiy. two',
])
  test(`${JSON.stringify(sentence)} is no list`, () => {
    assert.doesNotMatch(renderMarkdown(sentence), /<ol/)
  })

test('a list ends where the next letter does not follow', () => {
  becomes('a. one\nb. two\nd. rest', `<ol type="a">${one}${two}</ol><p>d. rest</p>`)
  becomes('a. one\nb. two\n\nd. rest', `<ol type="a">${one}${two}</ol><p>d. rest</p>`)
})

test('numbers without indentation end the list', () => {
  becomes('a. one\nb. two\n1. three', `<ol type="a">${one}${two}</ol><ol><li>three</li></ol>`)
})
