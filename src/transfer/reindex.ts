import { setImmediate } from 'node:timers/promises'
import { listSearchable as listQuestions } from '../answers/queries.ts'
import { listSearchable as listCategories } from '../categories/tree-queries.ts'
import type { Database, Reader } from '../database/types.ts'
import { listSearchable as listExperts } from '../experts/queries.ts'
import type { SearchDocument } from '../search/documents.ts'
import { deleteUnusedTerms, indexDocuments } from '../search/queries.ts'

const AT_ONCE = 50

type List = (db: Reader, afterId: number, limit: number) => Promise<SearchDocument[]>

/** Of each kind what the public may find, from one id on. */
export const searchables: { [Kind in SearchDocument['kind']]?: List } = {
  category: listCategories,
  expert: listExperts,
  question: listQuestions,
}

type Options = { onProgress?: (done: number) => void; signal?: AbortSignal }

/** Reads everything anew that can be found, a little at a time: others write in between. */
export async function reindex(database: Database, { onProgress, signal }: Options = {}) {
  let done = 0
  for (const list of Object.values(searchables))
    for (let after = 0; ; ) {
      const last = await database.write(async (db) => {
        const documents = await list(db, after, AT_ONCE)
        await indexDocuments(db, documents)
        done += documents.length
        return documents.at(-1)?.id
      })
      onProgress?.(done)
      if (last === undefined) break
      if (signal?.aborted) return done
      after = last
      await setImmediate()
    }
  await database.write(deleteUnusedTerms)
  return done
}
