import { eq, sql } from 'drizzle-orm'
import { integer, text } from 'drizzle-orm/pg-core'
import { table } from '../database/dialect.ts'
import type { Reader, Writer } from '../database/types.ts'
import type { Probe, TermChange, Tokens } from './probes.ts'

/** FTS5, made by a migration of its own: words are split and shortened before they come here. */
const searchIndex = table('search_index', { rowid: integer(), title: text(), rest: text() })

/** Whether a query stops the thread that asks. */
export const isSynchronous: boolean = true

export async function insertTokens(db: Writer, id: number, { title, body, answer }: Tokens) {
  await db.insert(searchIndex).values({ rowid: id, title, rest: `${body} ${answer}` })
}

export async function deleteTokens(db: Writer, id: number) {
  await db.delete(searchIndex).where(eq(searchIndex.rowid, id))
}

/** The ids of the documents that hold all words of a probe, newest first; one list for each probe. */
export async function listPostings(db: Reader, probes: Probe[]): Promise<number[][]> {
  const lookUp = lookUps.get(db) ?? prepareLookUp(db)
  lookUps.set(db, lookUp)
  const lists: number[][] = []
  for (const { tokens, field, limit } of probes) {
    const words = tokens.map((token) => `"${token}"`).join(' AND ')
    const match = field === 'title' ? `{title} : (${words})` : words
    const [row] = await lookUp.execute({ match, limit })
    lists.push(row!.ids ? row!.ids.split(',').map(Number) : [])
  }
  return lists
}

/** A search looks up fifty things: the statement is put together once. */
const lookUps = new WeakMap<Reader, ReturnType<typeof prepareLookUp>>()

function prepareLookUp(db: Reader) {
  const found = sql`(select rowid from search_index where search_index match ${sql.placeholder('match')}
    order by rowid desc limit ${sql.placeholder('limit')})`
  return db
    .select({ ids: sql<string>`coalesce(group_concat(rowid), '')` })
    .from(sql`${found} as found`)
    .prepare('look_up')
}

/** The changes as rows, by one statement however many they are. */
export const listed = (changes: TermChange[]) =>
  sql`select value ->> 'term', value ->> 'root', value ->> 'prefix', value ->> 'length', value ->> 'documentCount',
    value ->> 'questionCount', value ->> 'titleCount' from json_each(${JSON.stringify(changes)}) where true`
