import { join } from 'node:path'
import { desc } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import type { config } from '../../src/config.ts'
import { outbox } from '../../src/database/schema.ts'
import type { Database } from '../../src/database/types.ts'
import { loadSeed } from '../../src/transfer/seed.ts'
import { readSeed } from '../../src/transfer/seed-files.ts'
import { build, type Cleanup } from '../helper.ts'

/** The forum on a port of its own, with the example content. */
export async function openForum(t: Cleanup, overrides: Partial<typeof config> = {}) {
  const forum = await openEmptyForum(t, overrides)
  await loadSeed(forum.database, readSeed(join(import.meta.dirname, '../../seed')))
  return forum
}

/** `rendered` gathers the names of the templates that have been shown. */
export async function openEmptyForum(t: Cleanup, overrides: Partial<typeof config> = {}) {
  const { app, database } = await build(t, overrides)
  const rendered = watchTemplates(app)
  const address = await app.listen({ host: '127.0.0.1', port: 0 })
  return { app, database, rendered, url: `${address}/` }
}

function watchTemplates(app: FastifyInstance) {
  const rendered = new Set<string>()
  app.addHook('onRequest', async (_request, reply) => {
    const { render } = reply
    reply.render = function watched(name, data) {
      rendered.add(name)
      return render.call(this, name, data)
    }
  })
  return rendered
}

/** The last mail somebody got. */
export async function lastMail(database: Database) {
  const [mail] = await database.read.select().from(outbox).orderBy(desc(outbox.id)).limit(1)
  if (!mail) throw new Error('nothing was mailed')
  return { ...mail, link: /https?:\/\/\S+/.exec(mail.text)?.[0] ?? '' }
}
