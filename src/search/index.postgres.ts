import { eq, sql } from 'drizzle-orm'
import { customType, integer } from 'drizzle-orm/pg-core'
import { table } from '../database/dialect.ts'
import type { Reader, Writer } from '../database/types.ts'
import type { Probe, TermChange, Tokens } from './probes.ts'

const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' })

/** Made by a migration of its own: words are split and shortened before they come here. */
const searchIndex = table('search_index', {
  documentId: integer('document_id').primaryKey(),
  title: tsvector(),
  whole: tsvector(),
})

/** Whether a query stops the thread that asks. */
export const isSynchronous: boolean = false

export async function insertTokens(db: Writer, id: number, { title, body, answer }: Tokens) {
  const whole = vectorOf(`${title} ${body} ${answer}`)
  await db.insert(searchIndex).values({ documentId: id, title: vectorOf(title), whole } as never)
}

export async function deleteTokens(db: Writer, id: number) {
  await db.delete(searchIndex).where(eq(searchIndex.documentId, id))
}

/** The ids of the documents that hold all words of a probe; one list for each probe. */
export async function listPostings(db: Reader, probes: Probe[]): Promise<number[][]> {
  if (probes.length === 0) return []
  const parts = probes.map(({ tokens, field, limit }, index) => {
    const column = field === 'title' ? sql`title` : sql`whole`
    const query = tokens.map((token) => `'${token}'`).join(' & ')
    return sql`select ${index}::int as place, array_to_string(array(select document_id from search_index where ${column} @@ ${query}::tsquery limit ${limit}), ',') as ids`
  })
  const rows = await db
    .select({ place: sql<number>`place`, ids: sql<string>`ids` })
    .from(sql`(${sql.join(parts, sql` union all `)}) as postings`)
  const lists: number[][] = probes.map(() => [])
  for (const { place, ids } of rows) lists[place] = ids ? ids.split(',').map(Number) : []
  return lists
}

/** The changes as rows, by one statement however many they are. */
export const listed = (changes: TermChange[]) =>
  sql`select * from json_to_recordset(${JSON.stringify(changes)}::json) as changes (term text, root text, prefix text,
    length int, "documentCount" int, "questionCount" int, "titleCount" int)`

/** Words without their places, and never read as anything but words. */
const vectorOf = (text: string) => sql`array_to_tsvector(string_to_array(${distinct(text)}, ' '))`

const distinct = (text: string) => [...new Set(text.split(' ').filter(Boolean))].join(' ')
