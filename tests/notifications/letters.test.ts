import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { createTranslator } from '../../src/lib/messages.ts'
import { mailText } from '../../src/notifications/views.ts'

const site = {
  t: createTranslator('en').t,
  siteName: 'Bone Health',
  absolute: (path: string) => `https://bones.example/forum${path}`,
}

test('a letter greets, says what it has to say, and ends with whom it is from', () => {
  const link = 'https://bones.example/forum/questions/1/knee'
  assert.equal(
    mailText(site, { name: 'Ada', paragraphs: ['Your question has an answer.', 'Read it here:'], link }),
    `Hello Ada,

Your question has an answer.

Read it here:

https://bones.example/forum/questions/1/knee

--${' '}
Bone Health
https://bones.example/forum/
`,
  )
})

test('to somebody whose name we do not know it is just as polite', () => {
  assert.match(mailText(site, { paragraphs: ['Welcome.'] }), /^Hello,\n\nWelcome\.\n/)
})

test('a name stays on its line, whatever was typed', () => {
  assert.match(
    mailText(site, { name: 'Ada\n\nClick https://evil.example', paragraphs: [] }),
    /^Hello Ada Click https:\S+,\n/,
  )
})

test('a subject is a sentence of ours and holds nothing that somebody wrote', () => {
  const lines = globSync('src/*/*.ts').flatMap((file) => readFileSync(file, 'utf8').split('\n'))
  const subjects = lines.filter((line) => /^\s+subject: /.test(line) && !/text\(\)|mail\.subject|siteName/.test(line))
  assert.ok(subjects.length > 5)
  for (const line of subjects)
    assert.match(line, /^\s+subject: ([\w.]+ \? t\('[^'{}]+'\) : )?(site\.)?t\('[^'{}]+'\),$/)
})
