import { desc, eq, inArray, type SQL, sql } from 'drizzle-orm'
import { customType, integer, text } from 'drizzle-orm/pg-core'
import { table } from '../database/dialect.ts'
import type { Reader, Writer } from '../database/types.ts'
import { SignTable, signsOf } from './signs.ts'
import { type Near, type Placed, type Space, similarityOf } from './spaces.ts'

const bytes = customType<{ data: Uint8Array; driverData: Buffer }>({
  dataType: () => 'blob',
  toDriver: (value) => Buffer.from(value.buffer, value.byteOffset, value.byteLength),
})

const spaces = table('search_spaces', { id: integer(), model: text(), dimensions: integer() })
const vectors = table('search_vectors', { id: integer(), documentId: integer(), signs: bytes(), vector: bytes() })

/** With its text goes its vector. */
const TABLES = [
  sql`create table search_spaces (id integer primary key autoincrement, model text not null, dimensions integer not null)`,
  sql`create table search_vectors (id integer primary key autoincrement, document_id integer not null unique
    references search_texts (document_id) on delete cascade, signs blob not null, vector blob not null)`,
  sql`create index search_vectors_signs on search_vectors (id, document_id, signs)`,
]

/** How many are looked at closely: signs alone are a rough measure. */
const LOOKED_AT = 400

const run = (db: Writer, statement: SQL) => (db as unknown as { run(statement: SQL): unknown }).run(statement)

/** Whether the engine can hold vectors at all. */
export const canHoldVectors = async (_db: Reader): Promise<boolean> => true

/** None before the first document has a place. */
export async function findSpace(db: Reader): Promise<Space | undefined> {
  const [made] = await db.select({ name: sql`name` }).from(sql`sqlite_master`).where(sql`name = 'search_spaces'`)
  if (!made) return undefined
  const [space] = await db.select().from(spaces).orderBy(desc(spaces.id)).limit(1)
  return space as Space | undefined
}

/** The space of this model, and of no other: places in another are forgotten. */
export async function makeSpace(db: Writer, model: string, dimensions: number): Promise<Space> {
  const space = await findSpace(db)
  if (space?.model === model && space.dimensions === dimensions) return space
  if (!space) for (const statement of TABLES) await run(db, statement)
  await db.delete(vectors)
  await db.delete(spaces)
  await db.insert(spaces).values({ model, dimensions } as never)
  return (await findSpace(db))!
}

/** A new place is a new row: whoever remembers signs sees what is new by its id. */
export async function saveVectors(db: Writer, placed: Placed[]) {
  const ids = placed.map(({ documentId }) => documentId)
  await db.delete(vectors).where(inArray(vectors.documentId, ids))
  const rows = placed.map(({ documentId, vector }) => ({ documentId, signs: signsOf(vector), vector: bytesOf(vector) }))
  await db.insert(vectors).values(rows as never)
}

export async function findVector(db: Reader, documentId: number): Promise<Float32Array | undefined> {
  const [row] = await db.select({ vector: vectors.vector }).from(vectors).where(eq(vectors.documentId, documentId))
  return row && floatsIn(row.vector!)
}

/** Some from everywhere. */
export async function listSample(db: Reader, most: number): Promise<Float32Array[]> {
  const [ends] = await db.select({ last: sql<number>`coalesce(max(id), 0)` }).from(vectors)
  const step = Math.max(1, Math.floor(ends!.last / most))
  const ids = Array.from({ length: most }, (_, index) => 1 + index * step)
  const rows = await db.select({ vector: vectors.vector }).from(vectors).where(inArray(vectors.id, ids))
  return rows.map((row) => floatsIn(row.vector!))
}

/** The documents that lie closest, closest first. */
export async function listNear(db: Reader, space: Space, vector: Float32Array, limit: number): Promise<Near[]> {
  const ids = (await signTableOf(db, space)).closest(signsOf(vector), LOOKED_AT).slice(0, 2 * LOOKED_AT)
  const rows = await db
    .select({ id: vectors.documentId, vector: vectors.vector })
    .from(vectors)
    .where(inArray(vectors.documentId, ids))
  return rows
    .map((row) => ({ id: row.id!, similarity: similarityOf(vector, floatsIn(row.vector!)) }))
    .sort((a, b) => b.similarity - a.similarity || b.id - a.id)
    .slice(0, limit)
}

type Remembered = { spaceId: number; last: number; table: SignTable }

const remembered = new WeakMap<Reader, Remembered>()

/** What has been placed since is added. What has gone since stays, and is found to be gone when it is looked at. */
async function signTableOf(db: Reader, { id, dimensions }: Space) {
  const known = remembered.get(db)
  const memory = known?.spaceId === id ? known : { spaceId: id, last: 0, table: new SignTable(dimensions) }
  remembered.set(db, memory)
  while (await addSigns(db, memory)) {}
  return memory.table
}

const SIGNS_AT_ONCE = 20_000

async function addSigns(db: Reader, memory: Remembered) {
  const rows = await db
    .select({ id: sql<number>`id`, documentId: sql<number>`document_id`, signs: sql<Buffer>`signs` })
    .from(sql`search_vectors indexed by search_vectors_signs`)
    .where(sql`id > ${memory.last}`)
    .orderBy(sql`id`)
    .limit(SIGNS_AT_ONCE)
  for (const { documentId, signs } of rows) memory.table.add(documentId, signs)
  memory.last = rows.at(-1)?.id ?? memory.last
  return rows.length === SIGNS_AT_ONCE
}

const bytesOf = (vector: Float32Array) => new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength)

/** A copy: a view of floats begins at a multiple of four. */
const floatsIn = (stored: Uint8Array) => new Float32Array(new Uint8Array(stored).buffer)
