import type { Server } from 'node:http'
import process from 'node:process'
import type { FastifyInstance } from 'fastify'
import { buildApp } from './app.ts'
import { type Config, findSecret } from './config.ts'
import { connect } from './database/index.ts'
import type { Database } from './database/types.ts'
import { loggedError, loggedRequest, titled } from './lib/log-entries.ts'
import type { AppConfig } from './plugins/context.ts'

const LONGEST_STOP_MS = 10_000
const PATIENCE_MS = 1_000
/** One Ctrl-C arrives several times: from the terminal, from npm and from run.js. */
const ECHO_MS = 500
const SWEEP_MS = 50

/** Opens the database, and brings it up to date. */
export async function openDatabase(config: Config) {
  const secret = findSecret(config)
  const database = await connect(config.databaseUrl)
  const { backup } = await database.migrate()
  return { database, backup, appConfig: { ...config, secret } }
}

/** Closing the app ends all of it in order: open requests, mail in hand, the database. */
export async function listen(database: Database, config: AppConfig) {
  const app = await buildApp(database, config, { logger: loggerOptions(config) })
  const sender = config.smtpUrl ? await startSender(app, config.smtpUrl) : undefined
  app.addHook('preClose', async () => closeConnectionsOnceIdle(app.server))
  app.addHook('onClose', async () => {
    await sender?.stop()
    await database.close()
  })
  await app.listen({ host: config.host, port: config.port })
  return app
}

/** A browser would keep its connection open for another minute, with nothing to ask. */
function closeConnectionsOnceIdle(server: Server) {
  const timer = setInterval(() => server.closeIdleConnections(), SWEEP_MS)
  server.once('close', () => clearInterval(timer))
}

async function startSender(app: FastifyInstance, smtpUrl: string) {
  const [{ createSender }, { openTransport }] = await Promise.all([
    import('./notifications/sender.ts'),
    import('./notifications/smtp.ts'),
  ])
  const { mailFrom, siteName } = app.config
  const sender = createSender(app.database, {
    transport: openTransport(smtpUrl),
    mailFrom,
    siteName,
    onError: (error) => app.log.error(error),
  })
  sender.start()
  app.server.on('request', ({ method }, response) => {
    if (method !== 'GET' && method !== 'HEAD') response.once('close', sender.wake)
  })
  return sender
}

/** The first signal lets open requests finish, the second ends the process. */
export function stopOnSignal(stop: () => Promise<unknown>) {
  let askedAt: number | undefined

  async function onSignal() {
    if (askedAt !== undefined) {
      if (Date.now() - askedAt > ECHO_MS) process.exit(130)
      return
    }
    askedAt = Date.now()
    setTimeout(() => console.log('Waiting for open requests. Ctrl-C again stops at once.'), PATIENCE_MS).unref()
    setTimeout(() => process.exit(1), LONGEST_STOP_MS).unref()
    await stop()
    process.exit(0)
  }

  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, onSignal)
}

export const loggerOptions = ({ logLevel }: Pick<Config, 'logLevel'>) => ({
  level: logLevel,
  serializers: { req: loggedRequest, err: loggedError },
  hooks: {
    logMethod(this: unknown, entry: unknown[], log: (...entry: never[]) => void) {
      log.apply(this, titled(entry) as never[])
    },
  },
})
