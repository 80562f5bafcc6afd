import type { AddressInfo } from 'node:net'
import process from 'node:process'
import { config } from '../config.ts'
import type { Database } from '../database/types.ts'
import { siteOf } from '../notifications/site.ts'
import { type AppConfig, originAt } from '../plugins/context.ts'
import { listen, openDatabase, stopOnSignal } from '../server.ts'
import { startUpkeep } from '../upkeep.ts'
import { isWorker, startWorkers, tellTrouble } from '../workers.ts'
import { originsInNetwork } from './network.ts'
import { inPlainWords } from './plain-words.ts'

export async function serve() {
  if (isWorker) return serveAsWorker()
  const { database, backup, appConfig } = await openDatabase(config)
  if (backup) console.log(`The database has been brought up to date. As it was before, it is in ${backup}.`)
  if (config.seed) await fillIfEmpty(database)
  const { port, stop } = config.workers > 1 ? await listenInWorkers(database) : await listenHere(database, appConfig)
  const stopUpkeep = startUpkeep(database, { ...appConfig, site: siteOf({ ...config, port }), onError: complain })
  stopOnSignal(async () => {
    await stopUpkeep()
    await stop()
  })
  await welcome(database, port)
}

const complain = (error: unknown) => console.error(inPlainWords(error))

async function serveAsWorker() {
  try {
    const { database, appConfig } = await openDatabase(config)
    const app = await listen(database, appConfig)
    stopOnSignal(() => app.close())
  } catch (error) {
    await tellTrouble(inPlainWords(error))
    process.exit(1)
  }
}

async function listenHere(database: Database, appConfig: AppConfig) {
  const app = await listen(database, appConfig)
  const [address] = app.addresses()
  return { port: (address as AddressInfo).port, stop: () => app.close() }
}

async function listenInWorkers(database: Database) {
  const workers = await startWorkers(config.workers, (text) => console.error(text))
  return {
    port: workers.port,
    async stop() {
      await workers.stop()
      await database.close()
    },
  }
}

async function fillIfEmpty(database: Database) {
  const { isEmpty } = await import('../transfer/queries.ts')
  if (!(await isEmpty(database.read))) return
  const { fill } = await import('./seed.ts')
  await fill(database).catch(async (error) => {
    if (await isEmpty(database.read)) throw error // else another server was quicker
  })
}

async function welcome(database: Database, port: number) {
  const origin = originAt(config, port)
  const address = (path: string) => origin + config.basePath + path
  const [{ waysIn }, { welcomeText }] = await Promise.all([import('../transfer/examples.ts'), import('./welcome.ts')])
  const ways = await waysIn(database, config)
  const elsewhere = originsInNetwork(config, port)
  console.log(welcomeText({ siteName: config.siteName, address, elsewhere, ...ways }))
}
