import cookie from '@fastify/cookie'
import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'
import { type Config, isEverywhere } from '../config.ts'
import type { Database } from '../database/types.ts'

export type AppConfig = Config & { secret: string }

declare module 'fastify' {
  interface FastifyInstance {
    database: Database
    config: AppConfig
    /** Scheme, host and port as others reach this site. */
    siteOrigin(): string
  }
}

/** What every plugin and route may reach for: the database, the settings, and cookies that are safe by default. */
export default fp(async (app: FastifyInstance, { database, config }: { database: Database; config: AppConfig }) => {
  app.decorate('database', database)
  app.decorate('config', config)

  let port = config.port
  app.addHook('onListen', async () => {
    port = listeningPort(app)
  })
  app.decorate('siteOrigin', () => originAt(config, port))

  await app.register(cookie, {
    secret: config.secret,
    parseOptions: {
      path: config.basePath || '/',
      httpOnly: true,
      sameSite: 'lax',
      secure: config.baseUrl?.protocol === 'https:',
    },
  })
})

/** Scheme, host and port as others reach the site that listens on this port. */
export function originAt({ baseUrl, host }: Pick<Config, 'baseUrl' | 'host'>, port: number) {
  if (baseUrl) return baseUrl.origin
  const name = isEverywhere(host) ? 'localhost' : host.includes(':') ? `[${host}]` : host
  return `http://${name}:${port}`
}

function listeningPort(app: FastifyInstance) {
  const address = app.server.address()
  return typeof address === 'object' && address ? address.port : app.config.port
}
