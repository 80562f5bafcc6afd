import { eq, getTableColumns, type Table } from 'drizzle-orm'
import { dialect } from './dialect.ts'
import type { questions } from './schema.ts'
import * as schema from './schema.ts'
import type { Writer } from './types.ts'

/** Tables with numbered rows; which one, nothing here depends on. */
type Numbered = typeof questions
type Row = Partial<Numbered['$inferInsert']>

const isTable = (one: unknown): one is Numbered => typeof one === 'object' && one !== null && 'getSQL' in one

type Pointer = { table: Numbered; key: 'id' }

const known = new Map<Numbered, Pointer[]>()

/** Every column that points at the rows of a table, by its property. */
function pointersTo(target: Numbered) {
  const pointers = known.get(target) ?? findPointers(target)
  known.set(target, pointers)
  return pointers
}

function findPointers(target: Numbered): Pointer[] {
  return Object.values(schema)
    .filter(isTable)
    .flatMap((table) =>
      dialect.getTableConfig(table).foreignKeys.flatMap((foreignKey) => {
        const { foreignTable, columns } = foreignKey.reference()
        if ((foreignTable as Table) !== target) return []
        const [key] = Object.entries(getTableColumns(table)).find(([, column]) => column.name === columns[0]!.name)!
        return [{ table, key: key as 'id' }]
      }),
    )
}

/**
 * Gives a row the next number of its table, since its old one tells when it was written. All that points at it follows.
 * @param room what its old row is set to where values are unique, till it is gone
 */
export async function renumber(db: Writer, target: Table, id: number, room: Row): Promise<number> {
  const table = target as Numbered
  const [row] = await db.select().from(table).where(eq(table.id, id))
  const { id: _, ...values } = row!
  await db.update(table).set(room).where(eq(table.id, id))
  const [copy] = await db.insert(table).values(values).returning({ id: table.id })
  for (const { table: pointing, key } of pointersTo(table))
    await db
      .update(pointing)
      .set({ [key]: copy!.id })
      .where(eq(pointing[key], id))
  await db.delete(table).where(eq(table.id, id))
  return copy!.id
}
