import { PGlite } from '@electric-sql/pglite'
import { vector } from '@electric-sql/pglite-pgvector'
import { PGLiteSocketServer } from '@electric-sql/pglite-socket'
import { isPostgres } from '../../src/database/dialect.ts'
import { connect } from '../../src/database/index.ts'
import type { Database } from '../../src/database/types.ts'
import { type Cleanup, emptyDatabase } from '../helper.ts'

const CONNECTIONS = 20

/** One that can hold vectors: the PostgreSQL of the other tests comes without pgvector, this one with it. */
export const meaningDatabase = (t: Cleanup): Promise<Database> => (isPostgres ? withPgvector(t) : emptyDatabase(t))

async function withPgvector(t: Cleanup) {
  const engine = await PGlite.create({ extensions: { vector } })
  const server = new PGLiteSocketServer({ db: engine, host: '127.0.0.1', port: 0, maxConnections: CONNECTIONS })
  await server.start()
  const database = await connect(`postgres://postgres:postgres@${server.getServerConn()}/postgres`)
  t.after(async () => {
    await database.close()
    await server.stop()
    await engine.close()
  })
  await database.migrate()
  return database
}
