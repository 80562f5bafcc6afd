import process from 'node:process'
import { buildApp } from './app.ts'
import { type Config, findSecret } from './config.ts'
import { connect } from './database/index.ts'

/** Connects, migrates, listens, and closes in order when told to stop. */
export async function serve(config: Config) {
  const secret = findSecret(config)
  const database = await connect(config.databaseUrl)
  await database.migrate()

  const app = await buildApp(database, { ...config, secret }, { logger: loggerOptions(config) })
  app.addHook('onClose', () => database.close())
  await app.listen({ host: config.host, port: config.port })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => app.close())
  return app
}

/** Addresses are logged without their query strings: those hold drafts' keys and words people searched for. */
const loggerOptions = ({ logLevel }: Config) => ({
  level: logLevel,
  serializers: {
    req: ({ method, url, id }: { method: string; url: string; id: string }) => ({
      id,
      method,
      path: url.split('?')[0],
    }),
  },
})
