import type { TestContext } from 'node:test'
import { asc } from 'drizzle-orm'
import type { InjectOptions } from 'fastify'
import type { config } from '../../src/config.ts'
import { outbox } from '../../src/database/schema.ts'
import { build, form } from '../helper.ts'

type App = Awaited<ReturnType<typeof build>>

export const PASSWORD = 'violet lamp under stairs'
export const ADA = { name: 'Ada', email: 'ada@example.org', password: PASSWORD }

/** The forum, a first visitor, and what was mailed. */
export async function open(t: TestContext, overrides: Partial<typeof config> = {}) {
  const forum = await build(t, overrides)
  return { ...forum, visitor: browser(forum.app), mails: () => mailsOf(forum) }
}

/** Keeps its cookies, as a browser does. */
export function browser(app: App['app'], remoteAddress = '127.0.0.1') {
  const jar = new Map<string, string>()
  const headers = () => ({ cookie: [...jar].map((pair) => pair.join('=')).join('; '), 'user-agent': USER_AGENT })

  async function request(options: InjectOptions) {
    const response = await app.inject({ remoteAddress, ...options })
    for (const { name, value, maxAge } of response.cookies)
      if (maxAge === 0 || value === '') jar.delete(name)
      else jar.set(name, encodeURIComponent(value))
    return response
  }

  return {
    jar,
    get: (url: string) => request({ url, headers: headers() }),
    post: (url: string, fields: Record<string, string> = {}) => request({ url, ...form(fields, headers()) }),
  }
}

const USER_AGENT = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'

export async function mailsOf({ database }: App) {
  const rows = await database.read.select().from(outbox).orderBy(asc(outbox.id))
  return rows.map(({ recipient, subject, text }) => ({ recipient, subject, text, link: linkIn(text) }))
}

/** The path of the first link with a token. */
const linkIn = (text: string) => /https?:\/\/[^/\s]+(\/\S*token=\S+)/.exec(text)?.[1]

export const tokenIn = (link = '') => new URL(link, 'http://forum.test').searchParams.get('token') ?? ''

/** Signs up and confirms, in that browser. */
export async function join({ visitor, mails }: Awaited<ReturnType<typeof open>>, person = ADA) {
  await visitor.post('/sign-up', person)
  const confirmed = await visitor.post('/confirm-address', { token: tokenIn((await mails()).at(-1)?.link) })
  if (confirmed.statusCode !== 303) throw new Error(`not confirmed: ${confirmed.body}`)
}
