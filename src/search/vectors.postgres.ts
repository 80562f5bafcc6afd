import { desc, eq, getTableColumns, type SQL, sql } from 'drizzle-orm'
import { customType, integer, text } from 'drizzle-orm/pg-core'
import { table } from '../database/dialect.ts'
import type { Reader, Writer } from '../database/types.ts'
import type { Near, Placed, Space } from './spaces.ts'

const vectorType = customType<{ data: Float32Array; driverData: string }>({
  dataType: () => 'vector',
  toDriver: (vector) => textOf(vector),
  fromDriver: (stored) => Float32Array.from(JSON.parse(stored) as number[]),
})

const spaces = table('search_spaces', { id: integer(), model: text(), dimensions: integer() })
const vectors = table('search_vectors', { documentId: integer('document_id').primaryKey(), vector: vectorType() })

/** pgvector's index takes no more; beyond that each vector is looked at. */
const MOST_INDEXED = 2_000

const run = (db: Writer, statement: SQL) =>
  (db as unknown as { execute(query: SQL): Promise<unknown> }).execute(statement)

/** Whether pgvector is there, or could be had by this database. */
export async function canHoldVectors(db: Reader): Promise<boolean> {
  const [found] = await db.select({ name: sql`name` }).from(sql`pg_available_extensions`).where(sql`name = 'vector'`)
  return found !== undefined
}

/** None before the first document has a place. */
export async function findSpace(db: Reader): Promise<Space | undefined> {
  const [made] = await db.select({ found: sql`to_regclass('search_spaces')` }).from(sql`(select 1) as one`)
  if (!made!.found) return undefined
  const [space] = await db.select().from(spaces).orderBy(desc(spaces.id)).limit(1)
  return space as Space | undefined
}

/** The space of this model, and of no other: places in another are forgotten. */
export async function makeSpace(db: Writer, model: string, dimensions: number): Promise<Space> {
  await run(db, sql`select pg_advisory_xact_lock(hashtext('search_spaces'))`)
  const space = await findSpace(db)
  if (space?.model === model && space.dimensions === dimensions) return space
  for (const statement of tablesFor(dimensions)) await run(db, statement)
  await db.insert(spaces).values({ model, dimensions } as never)
  return (await findSpace(db))!
}

/** With its text goes its vector. */
const tablesFor = (dimensions: number) => [
  sql`create extension if not exists vector`,
  sql`create table if not exists search_spaces (id integer primary key generated always as identity, model text not null,
    dimensions integer not null)`,
  sql`drop table if exists search_vectors`,
  sql`create table search_vectors (document_id integer primary key references search_texts (document_id)
    on delete cascade, vector ${sql.raw(`vector(${dimensions})`)} not null)`,
  ...(dimensions > MOST_INDEXED
    ? []
    : [sql`create index search_vectors_near on search_vectors using hnsw (vector vector_cosine_ops)`]),
]

export async function saveVectors(db: Writer, placed: Placed[]) {
  await db
    .insert(vectors)
    .values(placed)
    .onConflictDoUpdate({ target: vectors.documentId, set: { vector: sql`excluded.vector` } })
}

export async function findVector(db: Reader, documentId: number): Promise<Float32Array | undefined> {
  const [row] = await db.select(getTableColumns(vectors)).from(vectors).where(eq(vectors.documentId, documentId))
  return row?.vector ?? undefined
}

/** Some from everywhere. */
export async function listSample(db: Reader, most: number): Promise<Float32Array[]> {
  const [ends] = await db.select({ last: sql<number>`coalesce(max(document_id), 0)` }).from(vectors)
  const step = Math.max(1, Math.floor(ends!.last / most))
  const ids = sql`select 1 + ${step}::int * place from generate_series(0, ${most - 1}::int) as place`
  const rows = await db.select({ vector: vectors.vector }).from(vectors).where(sql`document_id in (${ids})`)
  return rows.map(({ vector }) => vector!)
}

/** The documents that lie closest, closest first. */
export async function listNear(db: Reader, _space: Space, vector: Float32Array, limit: number): Promise<Near[]> {
  const distance = sql<number>`${vectors.vector} <=> ${textOf(vector)}::vector`
  const rows = await db.select({ id: vectors.documentId, distance }).from(vectors).orderBy(distance).limit(limit)
  return rows.map((row) => ({ id: row.id, similarity: 1 - row.distance }))
}

const textOf = (vector: Float32Array) => `[${vector.join(',')}]`
