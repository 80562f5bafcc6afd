import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eq } from 'drizzle-orm'
import type { FastifyInstance, HTTPMethods } from 'fastify'
import { accounts } from '../../src/database/schema.ts'
import { answerSomething, askSomething, newKey, verifiedExpert } from '../fixtures.ts'
import { build, form } from '../helper.ts'

/** Open to everybody, or to everybody who is signed in. */
const OPEN = [
  /^\/($|\*|about|ask|assets|categories|check-mail|confirm-address|drafts|favicon|feeds|first-administrator)/,
  /^\/(forgot-password|healthz|metrics|outcomes|preview|questions\.atom|readyz|reset-password|robots|search)/,
  /^\/(sign-in|sign-out|sign-up|sitemap|theme|openapi)/,
  /^\/account(?!\/profile)/,
  /^\/experts(?!\/applications)/,
]
const METHODS = ['GET', 'POST', 'DELETE']
/** Reading, and letting go of what one has. */
const HARMLESS = /^GET \/questions|^DELETE \/(questions\/:id\/claim|answers\/:id\/thanks)|^\w+ \/comments/

test('whose role asks for a second step finds every door of that role closed, and the way to set it up', async (t) => {
  const { app, database } = await build(t, { requiresTwoFactor: true })
  const { account, cookie } = await verifiedExpert(database)
  await database.write((db) => db.update(accounts).set({ role: 'administrator' }).where(eq(accounts.id, account.id)))
  const question = await askSomething(database)
  await answerSomething(database, question.id, account.id, 'Rest it for a week or two, then walk.')

  const passed: string[] = []
  for (const { method, path } of routesOf(app)) {
    if (OPEN.some((open) => open.test(path)) || HARMLESS.test(`${method} ${path}`)) continue
    const sent = form(
      { body: 'Text that is long enough to pass.', reason: 'Because of this', key: newKey() },
      { cookie },
    )
    const url = path.replace(/:\w+/g, '1').replace('*', 'x')
    const { statusCode, headers } = await app.inject({ url, ...sent, method: method as HTTPMethods & 'GET' })
    const isLed = String(headers.location).startsWith('/account/two-factor')
    if (statusCode < 400 && !isLed) passed.push(`${method} ${path}: ${statusCode} ${headers.location ?? ''}`)
  }
  assert.deepEqual(passed, [])
})

/** As Fastify draws them: a tree, four columns a level. */
function routesOf(app: FastifyInstance) {
  const above: string[] = []
  const lines = app.printRoutes({ commonPrefix: false }).split('\n')
  return lines.flatMap((line) => {
    const [, indent = '', part, methods = ''] = /^([│ ]*)[├└]── (.*?)(?: \((.*)\))?$/.exec(line) ?? []
    if (part === undefined) return []
    above.splice(indent.length / 4, Infinity, part)
    const path = above.join('')
    return methods
      .split(', ')
      .filter((method) => METHODS.includes(method))
      .map((method) => ({ method, path }))
  })
}
