import assert from 'node:assert/strict'
import { createServer } from 'node:net'
import { type TestContext, test } from 'node:test'
import { eq } from 'drizzle-orm'
import type { Page } from 'playwright-core'
import { createAuth } from '../../src/accounts/auth.ts'
import { createAccount } from '../../src/accounts/queries.ts'
import type { config } from '../../src/config.ts'
import { accounts, outbox, passkeys } from '../../src/database/schema.ts'
import type { Database } from '../../src/database/types.ts'
import { build, form } from '../helper.ts'
import { openBrowser, visit } from './browser.ts'
import { violationsOn } from './checks.ts'

const browser = await openBrowser()
const ADA = { name: 'Ada', email: 'ada@example.org', password: 'violet lamp under stairs' }

/** `offersItself`: the browser fills passkeys in where nobody has pressed a button. */
type Place = Partial<typeof config> & { subPath?: string; offersItself?: boolean }

/** The forum at a name, as passkeys take it, and a browser with a device that holds passkeys. */
async function open(t: TestContext, { subPath = '', offersItself = false, ...overrides }: Place = {}) {
  const port = await freePort()
  const baseUrl = new URL(`http://localhost:${port}${subPath}/`)
  const { app, database } = await build(t, { baseUrl, basePath: subPath, ...overrides })
  await app.listen({ host: '127.0.0.1', port })
  await signUp(database)
  const page = await (await visit(browser, { url: baseUrl.href })).newPage()
  t.after(() => page.context().close())
  if (!offersItself) await page.addInitScript('delete PublicKeyCredential.isConditionalMediationAvailable')
  return { app, database, page, ...(await plugIn(page)) }
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}

async function signUp(database: Database) {
  const auth = createAuth(database, { secret: 'x'.repeat(32), baseUrl: undefined })
  const passwordHash = await auth.hashPassword(ADA.password)
  await database.write((db) => createAccount(db, { ...ADA, passwordHash }))
}

async function plugIn(page: Page) {
  const session = await page.context().newCDPSession(page)
  await session.send('WebAuthn.enable', { enableUI: false })
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return {
    setVerified: (isUserVerified: boolean) =>
      session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }),
  }
}

async function passFirstStep(page: Page) {
  await page.goto('./sign-in')
  await page.getByLabel('E-mail address').fill(ADA.email)
  await page.getByLabel('Password').fill(ADA.password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

async function addPasskey(page: Page, name = 'My phone') {
  await page.goto('./account/two-factor')
  await page.getByRole('link', { name: 'Add a passkey' }).click()
  await page.getByLabel('Name').fill(name)
  await page.getByRole('button', { name: 'Make a passkey' }).click()
}

async function begin(page: Page) {
  await passFirstStep(page)
  await page.getByRole('heading', { name: 'My account' }).waitFor()
}

async function signOut(page: Page) {
  await page.getByText('Account', { exact: true }).click()
  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  await page.getByText('You are signed out').waitFor()
}

for (const subPath of ['', '/forum'])
  test(`a passkey is added, and signs in by itself${subPath && ' below a sub-path'}`, async (t) => {
    const { page, database } = await open(t, { subPath })
    await begin(page)
    await addPasskey(page)
    await page.getByRole('heading', { name: 'Your recovery codes' }).waitFor()
    assert.equal(await page.locator('.codes li').count(), 10)
    await page.getByRole('link', { name: 'I have kept them: go on' }).click()
    assert.match(await page.locator('main').innerText(), /My phone\s+Added .*Not used yet/s)
    const mails = await database.read.select().from(outbox)
    assert.equal(mails.at(-1)?.subject, 'A passkey has been added to your account')

    await signOut(page)
    await page.goto('./sign-in?next=/account/two-factor')
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
    await page.getByText('Last used').waitFor()
    assert.equal(new URL(page.url()).pathname, `${subPath}/account/two-factor`)
  })

test('the pages that offer passkeys are accessible', async (t) => {
  const { page } = await open(t)
  const look = async (path: string) => {
    await page.goto(path)
    return (await violationsOn(page)).map((violation) => `${path}: ${violation}`)
  }

  const found = await look('./sign-in')
  await begin(page)
  for (const path of ['./account/two-factor', './account/two-factor/passkeys/new']) found.push(...(await look(path)))
  assert.deepEqual(found, [])
})

test('the browser offers the passkey by itself', async (t) => {
  const { page } = await open(t, { offersItself: true })
  await begin(page)
  await addPasskey(page)
  await page.getByRole('heading', { name: 'Your recovery codes' }).waitFor()
  await signOut(page)

  await page.goto('./sign-in')
  await page.getByRole('heading', { name: 'My account' }).waitFor()
})

test('a passkey is a second step after a password', async (t) => {
  const { page } = await open(t)
  await begin(page)
  await addPasskey(page)
  await page.getByRole('heading', { name: 'Your recovery codes' }).waitFor()
  await signOut(page)

  await passFirstStep(page)
  await page.getByRole('heading', { name: 'The second step' }).waitFor()
  await page.getByRole('button', { name: 'Use a passkey' }).click()
  await page.getByRole('heading', { name: 'My account' }).waitFor()
})

test('what a passkey has answered once is worth nothing a second time', async (t) => {
  const { app, page } = await open(t, { offersItself: true })
  await begin(page)
  await addPasskey(page)
  await page.getByRole('heading', { name: 'Your recovery codes' }).waitFor()
  await signOut(page)
  const sent = page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/passkey'))
  await page.goto('./sign-in')
  const answer = new URLSearchParams((await sent).postData() ?? '').get('passkey') ?? ''
  await page.getByRole('heading', { name: 'My account' }).waitFor()

  assert.match(answer, /authenticatorData/)
  const replayed = await app.inject({ url: '/sign-in/passkey', ...form({ passkey: answer }) })
  assert.equal(replayed.statusCode, 422)
  assert.match(replayed.body, /This passkey does not work here/)
})

test('a device that does not check who holds it is no passkey', async (t) => {
  const { page, database, setVerified } = await open(t)
  await begin(page)
  await setVerified(false)
  await addPasskey(page)
  await page.getByText('No passkey was made').waitFor()
  assert.deepEqual(await database.read.select().from(passkeys), [])
})

test('a device holds one passkey of an account', async (t) => {
  const { page } = await open(t)
  await begin(page)
  await addPasskey(page)
  await page.getByRole('heading', { name: 'Your recovery codes' }).waitFor()
  await addPasskey(page, 'The same phone')
  await page.getByText('This device has a passkey of your account already').waitFor()
})

test('a passkey is removed, and no longer signs in', async (t) => {
  const { page, database } = await open(t)
  await begin(page)
  await addPasskey(page)
  await page.getByRole('link', { name: 'I have kept them: go on' }).click()
  await page.getByRole('link', { name: 'Remove “My phone”' }).click()
  await page.getByLabel('Your password, or a code').fill(ADA.password)
  await page.getByRole('button', { name: 'Remove the passkey' }).click()
  await page.getByText('The passkey is removed').waitFor()
  const [account] = await database.read.select().from(accounts)
  assert.equal(account?.twoFactorEnabled, false)

  await signOut(page)
  await page.goto('./sign-in')
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await page.getByText('This passkey does not work here').waitFor()
})

test('whose role asks for a second step keeps the last passkey', async (t) => {
  const { page, database } = await open(t, { requiresTwoFactor: true })
  await database.write((db) => db.update(accounts).set({ role: 'moderator' }).where(eq(accounts.email, ADA.email)))
  await passFirstStep(page)
  await page.getByText('your role asks for it').waitFor()
  await addPasskey(page)
  await page.getByRole('link', { name: 'I have kept them: go on' }).click()
  await page.getByRole('link', { name: 'Remove “My phone”' }).click()
  await page.getByLabel('Your password, or a code').fill(ADA.password)
  await page.getByRole('button', { name: 'Remove the passkey' }).click()
  await page.getByText('Your role here asks for two-step sign-in').waitFor()
  assert.equal((await database.read.select().from(passkeys)).length, 1)
})
