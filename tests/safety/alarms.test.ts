import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { eq } from 'drizzle-orm'
import { comments, experts, questions, safetyMarks } from '../../src/database/schema.ts'
import { buildDiscussion } from '../comments/fixtures.ts'
import { newKey } from '../fixtures.ts'
import { form, signedIn, textOf } from '../helper.ts'

const urgent = 'Since last night my groin is numb and I cannot pee. The back is bad too.'
const crisis = 'I want to kill myself because of this pain.'
const warned = 'cauda-equina'
const LOOK = 'Urgent: please look at a question now'

/** Each way in which an asker says more. */
const ways = {
  edit: (forum: Forum, body: string, fields: Fields = {}) =>
    forum.send(`/questions/${forum.id}/edit`, {
      ...{ title: 'Is heat better than ice?', category: 'chiropractors', basis: '0', considered: 'yes', body },
      ...fields,
    }),
  reply: async (forum: Forum, body: string, fields: Fields = {}) => {
    await forum.ask(forum.other)
    return forum.send(`/questions/${forum.id}/replies`, { key: newKey(), body, ...fields })
  },
  'follow-up': async (forum: Forum, body: string, fields: Fields = {}) => {
    const { id } = await forum.answer()
    await forum.claim()
    return forum.send(`/answers/${id}/follow-ups`, { key: newKey(), body, ...fields })
  },
}

for (const [name, say] of Object.entries(ways)) {
  test(`what may be urgent in a ${name}: whoever is on call and whoever is answering it are told at once`, async (t) => {
    const forum = await buildClaimed(t)
    await forum.onCall()
    const before = await forum.countMails()

    assert.match(textOf(await say(forum, urgent)), /This needs a hospital today/)
    assert.equal((await say(forum, urgent, { warned })).statusCode, 303)
    const told = (await forum.mails()).slice(0, -before || undefined).filter(({ subject }) => subject === LOOK)
    const recipients = told.map(({ recipient }) => recipient)
    assert.ok(recipients.includes(forum.moderator.account.email))
    assert.ok(recipients.includes(forum.other.account.email))
    assert.ok(!recipients.includes(forum.offDuty.account.email))
    assert.equal(new Set(recipients).size, recipients.length)
    for (const { text } of told) assert.doesNotMatch(text, /numb|groin|pee/)
  })

  test(`somebody in danger in a ${name}: whoever is answering it hears of it, and not a word of what was written`, async (t) => {
    const forum = await buildClaimed(t)
    const posted = await say(forum, crisis)
    assert.match(String(posted.headers.location), /\/help$/)

    const mails = await forum.mails()
    const [staff] = mails.filter(({ recipient }) => recipient === forum.moderator.account.email)
    assert.equal(staff!.subject, 'Somebody may be in danger: please look now')
    assert.match(staff!.text, /held back till one of you has read it/)
    const [holder] = mails.filter(({ recipient }) => recipient === forum.other.account.email)
    assert.equal(holder!.subject, 'About a question you are answering')
    assert.match(holder!.text, /held back till one of our staff has read it/)
    assert.doesNotMatch(holder!.text, /kill|Please look now/)
  })
}

test('an urgent follow-up is told to the expert of the answer as urgent, once', async (t) => {
  const forum = await buildClaimed(t)
  await ways['follow-up'](forum, urgent, { warned })
  const told = (await forum.mails()).filter(({ recipient }) => recipient === forum.expert.account.email)
  assert.deepEqual(
    told.map(({ subject }) => subject),
    [LOOK],
  )
})

test('a preview warns, and tells nobody before it is saved', async (t) => {
  const forum = await buildClaimed(t)
  const shown = await ways.edit(forum, urgent, { action: 'preview', warned })
  assert.match(textOf(shown), /How it will look/)
  assert.equal(await forum.countMails(), 0)
  await ways.edit(forum, urgent, { warned })
  assert.equal((await forum.mails()).length, 3)
})

test('what was kept till they had signed in again is looked at when it is sent', async (t) => {
  const forum = await buildClaimed(t)
  await forum.ask(forum.other)
  const url = `/questions/${forum.id}/replies`
  const kept = await forum.app.inject({ url, ...form({ key: newKey(), body: urgent, allowed: 'yes' }) })
  const next = new URL(String(kept.headers.location), 'http://x').searchParams.get('next')!
  const page = await forum.get(next, forum.asker.cookie)
  assert.match(page.body, /groin is numb/)
  assert.equal(await forum.database.read.$count(safetyMarks), 0)

  const [, key] = /name="key" value="([^"]+)"/.exec(page.body)!
  assert.equal((await forum.send(url, { key: key!, body: urgent, warned })).statusCode, 303)
  assert.equal(await forum.database.read.$count(safetyMarks), 1)
  assert.ok((await forum.mails()).some(({ recipient }) => recipient === forum.moderator.account.email))
})

test('somebody in danger whose session has ended is shown help before they sign in', async (t) => {
  const forum = await buildClaimed(t)
  const { id } = await forum.answer()
  for (const url of [`/questions/${forum.id}/replies`, `/answers/${id}/follow-ups`]) {
    const page = await forum.app.inject({ url, ...form({ key: newKey(), body: crisis }) })
    assert.match(textOf(page), /You matter/)
    const fields = { key: newKey(), body: crisis, warned: 'suicide', allowed: 'yes' }
    const sent = await forum.app.inject({ url, ...form(fields) })
    assert.match(String(sent.headers.location), /\/sign-in/)
  }
})

test('help comes first, also where the text is too long to be sent', async (t) => {
  const forum = await buildClaimed(t)
  await forum.ask(forum.other)
  const page = await forum.send(`/questions/${forum.id}/replies`, {
    key: newKey(),
    body: `${crisis} ${'So it is. '.repeat(600)}`,
  })
  assert.match(textOf(page), /You matter/)
  assert.equal(await forum.database.read.$count(comments), 1)
})

test('of what was asked in confidence only whoever it was asked of hears, and only while they may read it', async (t) => {
  const forum = await buildClaimed(t)
  const { database, id, other, expert } = forum
  const confided = { audience: 'expert' as const, addresseeId: other.account.id, hiddenAt: new Date() }
  await database.write((db) => db.update(questions).set(confided).where(eq(questions.id, id)))
  await forum.ask(other)
  const edit = { key: newKey(), body: urgent, warned }
  await forum.send(`/questions/${id}/replies`, edit)
  const toldOf = async ({ account }: typeof expert) =>
    (await forum.mails()).filter(({ recipient, subject }) => recipient === account.email && subject === LOOK).length
  assert.deepEqual([await toldOf(other), await toldOf(expert)], [1, 0])

  const lapsed = eq(experts.accountId, other.account.id)
  await database.write((db) => db.update(experts).set({ verifiedAt: null }).where(lapsed))
  await forum.send(`/questions/${id}/replies`, { ...edit, key: newKey(), body: `${urgent} It is worse.` })
  assert.deepEqual([await toldOf(other), await toldOf(expert)], [1, 0])
  assert.equal(await database.read.$count(safetyMarks), 2)
})

test('nobody who holds a claim on somebody else’s confidence is told', async (t) => {
  const forum = await buildClaimed(t)
  const { database, id, expert } = forum
  const confided = { audience: 'expert' as const, addresseeId: expert.account.id, hiddenAt: new Date() }
  await database.write((db) => db.update(questions).set(confided).where(eq(questions.id, id)))
  await ways.edit(forum, urgent, { warned })
  const recipients = (await forum.mails()).map(({ recipient }) => recipient)
  assert.ok(!recipients.includes(forum.other.account.email))
})

type Fields = Record<string, string>
type Forum = Awaited<ReturnType<typeof buildClaimed>>

/** A question that `other` is answering, and a moderator who may go on call. */
async function buildClaimed(t: TestContext) {
  const forum = await buildDiscussion(t)
  const { app, database, asker, other, moderator, id, mails } = forum
  const offDuty = await signedIn(database, 'moderator', 'Off duty')
  const claim = () =>
    database.write((db) =>
      db
        .update(questions)
        .set({ claimedById: other.account.id, claimedUntil: new Date(Date.now() + 3_600_000) })
        .where(eq(questions.id, id)),
    )
  await claim()
  const { cookie } = moderator
  return {
    ...forum,
    offDuty,
    claim,
    onCall: () => app.inject({ url: '/moderation/safety/on-call', ...form({ isOnCall: 'true' }, { cookie }) }),
    send: (url: string, fields: Fields) => app.inject({ url, ...form(fields, { cookie: asker.cookie }) }),
    countMails: async () => (await mails()).length,
  }
}
