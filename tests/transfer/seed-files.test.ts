import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { readSeed } from '../../src/transfer/seed-files.ts'
import { temporaryFolder } from '../folder.ts'

const question = `---
title: Is it my knee or my hip?
category: joints/knee
asked: 2026-03-11T11:29:17Z
asker: asker-1
---
It hurts when I walk.
`

const folder = {
  'categories.yaml': `- name: Joints
  slug: joints
  description: Where bones meet.
  children:
    - name: Knee
      slug: knee
      description: The knee.
`,
  'experts.yaml': `- handle: ada
  name: Ada
  profession: Physiotherapist
  credentials: MSc
`,
  'members.yaml': `- key: asker-1
  name: Grace
`,
  'questions/knee-or-hip/question.md': question,
  'questions/knee-or-hip/answer.ada.md': '---\nanswered: 2026-03-12T08:00:00Z\n---\nIt may be either.\n',
}

test('the files are read as a tree, people, questions and their answers', (t) => {
  const seed = readSeed(folderOf(t))
  assert.deepEqual(
    seed.categories.map(({ path }) => path),
    ['joints', 'joints/knee'],
  )
  const [only] = seed.questions
  assert.equal(only!.slug, 'knee-or-hip')
  assert.equal(only!.body, 'It hurts when I walk.')
  assert.deepEqual(only!.askedAt, new Date('2026-03-11T11:29:17Z'))
  assert.equal(only!.answers[0]!.handle, 'ada')
})

test('files that Windows wrote are read too', (t) => {
  const written = folderOf(t, { 'questions/knee-or-hip/question.md': question.replaceAll('\n', '\r\n') })
  assert.equal(readSeed(written).questions[0]!.body, 'It hurts when I walk.')
})

const bad: [string, string, string | undefined, RegExp][] = [
  ['a missing file', 'members.yaml', undefined, /members\.yaml: this file is missing\.$/],
  ['a missing field', 'experts.yaml', '- handle: ada\n', /experts\.yaml: entry 1, name is missing\.$/],
  [
    'an unknown field',
    'members.yaml',
    '- key: a\n  name: A\n  age: 7\n',
    /members\.yaml: entry 1, there is no field age\.$/,
  ],
  ['no list', 'members.yaml', 'key: a\n', /members\.yaml: it takes a list/],
  ['no fields', 'members.yaml', '- Grace\n', /members\.yaml: entry 1, it takes fields/],
  [
    'somebody twice',
    'members.yaml',
    '- key: asker-1\n  name: A\n- key: asker-1\n  name: B\n',
    /asker-1 is there twice\.$/,
  ],
  ['YAML that is broken', 'members.yaml', '- key: "a\n', /members\.yaml: Missing closing "quote/],
  [
    'a bad slug',
    'categories.yaml',
    '- name: J\n  slug: Jo Ints\n  description: D\n',
    /slug is "Jo Ints"; it takes small letters/,
  ],
  [
    'no front matter',
    'questions/knee-or-hip/question.md',
    'It hurts.\n',
    /question\.md: it does not begin with fields/,
  ],
  [
    'no text',
    'questions/knee-or-hip/question.md',
    question.replace('It hurts when I walk.', ''),
    /there is no text below/,
  ],
  [
    'a short title',
    'questions/knee-or-hip/question.md',
    question.replace('Is it my knee or my hip?', 'Knee'),
    /title is "Knee"; it takes one line of 10/,
  ],
  [
    'no such category',
    'questions/knee-or-hip/question.md',
    question.replace('joints/knee', 'joints/hip'),
    /no such path\.$/,
  ],
  ['no such asker', 'questions/knee-or-hip/question.md', question.replace('asker-1', 'asker-2'), /no such key\.$/],
  [
    'a date that is none',
    'questions/knee-or-hip/question.md',
    question.replace('03-11', '13-41'),
    /asked is "2026-13-41.*no such time\.$/,
  ],
  [
    'a wrong fact',
    'questions/knee-or-hip/question.md',
    question.replace('asker-1\n', 'asker-1\nfacts:\n  duration: ages\n'),
    /facts\.duration is "ages"; it takes one of days/,
  ],
  [
    'an unknown profession',
    'experts.yaml',
    `${folder['experts.yaml']}  kind: Dreamer\n`,
    /experts\.yaml: Ada: professions\.yaml has no name "Dreamer"\.$/,
  ],
  [
    'a profession of no category',
    'professions.yaml',
    '- name: Surgeon\n  categories: [joints/hip]\n',
    /professions\.yaml: Surgeon: categories\.yaml has no path "joints\/hip"\.$/,
  ],
  [
    'a register that is no address',
    'experts.yaml',
    `${folder['experts.yaml']}  checked:\n    - {issuer: HCPC, number: "1", register: hcpc, on: 2026-01-05}\n`,
    /experts\.yaml: entry 1, checked\.0\.register is "hcpc"; it takes/,
  ],
  [
    'an answer by nobody',
    'questions/knee-or-hip/answer.eve.md',
    '---\nanswered: 2026-03-12T08:00:00Z\n---\nRest.\n',
    /answer\.eve\.md: experts\.yaml has no handle "eve"\.$/,
  ],
  [
    'an answer before the question',
    'questions/knee-or-hip/answer.ada.md',
    '---\nanswered: 2026-03-01T08:00:00Z\n---\nRest.\n',
    /answered is before/,
  ],
]

for (const [what, file, content, message] of bad)
  test(`${what} is named with its file, in one line`, (t) => {
    assert.throws(() => readSeed(folderOf(t, { [file]: content })), { message })
  })

function folderOf(t: TestContext, changes: Record<string, string | undefined> = {}) {
  const root = temporaryFolder(t)
  for (const [file, content] of Object.entries({ ...folder, ...changes })) {
    if (content === undefined) continue
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), content)
  }
  return root
}
