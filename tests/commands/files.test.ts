import assert from 'node:assert/strict'
import { existsSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { isPostgres } from '../../src/database/dialect.ts'
import { connect } from '../../src/database/index.ts'
import { auditEvents } from '../../src/database/schema.ts'
import { temporaryFolder } from '../folder.ts'
import { emptyForum } from './forum.ts'

test('what was backed up comes back', { skip: isPostgres }, async (t) => {
  const { run } = await emptyForum(t)
  const backup = join(temporaryFolder(t), 'backup.db')
  const add = (name: string) => run(['user', 'add', `${name}@example.org`, '--name', name, '--role', 'member'])
  await add('ada')
  assert.equal((await run(['backup', backup])).code, 0)
  assert.equal(statSync(backup).mode & 0o077, 0)
  await add('grace')

  const refused = await run(['restore', backup])
  assert.equal(refused.code, 1)
  assert.match(refused.stderr, /exists already\. With --force/)
  const restored = await run(['restore', backup, '--force'])
  assert.equal(restored.code, 0)
  const [, kept] = /^The one that was there is in (.+)\.$/m.exec(restored.stdout) ?? []
  assert.ok(existsSync(kept!))
  const list = await run(['user', 'list'])
  assert.match(list.stdout, /ada@example\.org/)
  assert.doesNotMatch(list.stdout, /grace@example\.org/)
})

test('old backups go with a new one, and nothing else does', { skip: isPostgres }, async (t) => {
  const { run, url } = await emptyForum(t)
  const folder = temporaryFolder(t)
  const place = (name: string) => join(folder, name)
  const made = ['forum-2026-01-01.db', 'forum-2026-11-20.db', 'forum.db', 'other-2026-01-01.db', 'forum-2026-01-01.txt']
  for (const name of made) writeFileSync(place(name), '')
  const beside = `${url.replace('file:', '')}.before-0000_initial`
  writeFileSync(beside, '')
  const long = new Date(Date.now() - 36 * 86_400_000)
  for (const name of made.filter((one) => !one.includes('11-20'))) utimesSync(place(name), long, long)
  utimesSync(beside, long, long)
  assert.match((await run(['doctor'])).stdout, /before-0000_initial is older than 35 days: delete it/)

  const { code, stdout } = await run(['backup', place('forum-2026-11-22.db'), '--keep-days', '35'])
  assert.equal(code, 0)
  assert.match(stdout, /Deleted: .*forum-2026-01-01\.db\nDeleted: .*before-0000_initial/)
  assert.deepEqual(
    made.filter((name) => !existsSync(place(name))),
    ['forum-2026-01-01.db'],
  )
  assert.equal(existsSync(beside), false)
})

for (const [name, days, message] of [
  ['forum-1.db', 'soon', /--keep-days is "soon"; it takes a number of days/],
  ['forum.db', '35', /takes a date, such as forum-2026-11-22\.db/],
] as const)
  test(`--keep-days ${days} with ${name} is refused`, { skip: isPostgres }, async (t) => {
    const { run } = await emptyForum(t)
    const file = join(temporaryFolder(t), name)
    const { code, stderr } = await run(['backup', file, '--keep-days', days])
    assert.equal(code, 1)
    assert.match(stderr, message)
    assert.equal(existsSync(file), false)
  })

test('a backup overwrites nothing', { skip: isPostgres }, async (t) => {
  const { run } = await emptyForum(t)
  const file = join(temporaryFolder(t), 'letters.txt')
  writeFileSync(file, 'Dear Ada')
  const { code, stderr } = await run(['backup', file])
  assert.equal(code, 1)
  assert.match(stderr, /exists already: choose another name\.\n$/)
})

test('a backup into a folder that is not there says so', { skip: isPostgres }, async (t) => {
  const { run } = await emptyForum(t)
  const folder = join(temporaryFolder(t), 'never')
  const { code, stderr } = await run(['backup', join(folder, 'forum.db')])
  assert.equal(code, 1)
  assert.equal(stderr, `There is no folder ${folder}: make it first, or choose another.\n`)
})

for (const [what, content] of Object.entries({ 'some text': 'Dear Ada, '.repeat(100), 'an empty file': '' }))
  test(`${what} is not restored`, { skip: isPostgres }, async (t) => {
    const { run } = await emptyForum(t)
    const file = join(temporaryFolder(t), 'letters.txt')
    writeFileSync(file, content)
    const { code, stderr } = await run(['restore', file, '--force'])
    assert.equal(code, 1)
    assert.match(stderr, /letters\.txt is (not a backup|a database, but not one) of /)
    assert.equal((await run(['doctor'])).code, 0)
  })

test('what people allow for research comes in a file for its owner alone, and is written down', async (t) => {
  const { run, url } = await emptyForum(t)
  assert.equal((await run(['migrate'])).code, 0)
  const file = join(temporaryFolder(t), 'research.jsonl')
  const { code, stdout } = await run(['research', file])
  assert.equal(code, 0)
  assert.match(stdout, /^0 questions are in .*have somebody read it/s)
  assert.equal(statSync(file).mode & 0o077, 0)
  assert.match((await run(['research', file])).stderr, /exists already: choose another name/)
  const database = await connect(url)
  const [event] = await database.read.select().from(auditEvents)
  await database.close()
  assert.equal(event!.action, 'research-exported')
})

test('PostgreSQL has programs of its own for backups', { skip: !isPostgres }, async (t) => {
  const { run } = await emptyForum(t)
  const { code, stderr } = await run(['backup', 'never.dump'])
  assert.equal(code, 1)
  assert.equal(stderr, 'The forum keeps its data in PostgreSQL: please use pg_dump.\n')
})
