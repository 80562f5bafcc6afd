import type { Database } from '../database/types.ts'
import { isSynchronous } from './engine.ts'
import { type Found, type Hit, type SearchRequest, type SuggestRequest, search, suggest } from './searching.ts'
import { SearchThread } from './thread.ts'

export type Search = ReturnType<typeof openSearch>

const opened = new WeakMap<Database, Search>()

/** The search of a database, the same for all who ask. */
export function searchOf(database: Database): Search {
  const known = opened.get(database) ?? openSearch(database)
  opened.set(database, known)
  return known
}

/** Until it is started, searches run where they are asked for: enough for a test, not for a server. */
function openSearch(database: Database) {
  let thread: SearchThread | undefined
  return {
    search: (request: SearchRequest): Promise<Found> =>
      thread ? (thread.run({ what: 'search', request }) as Promise<Found>) : search(database.read, request),
    suggest: (request: SuggestRequest): Promise<Hit[]> =>
      thread ? (thread.run({ what: 'suggest', request }) as Promise<Hit[]>) : suggest(database.read, request),
    /** From now on a thread of its own does the searching, where the engine would hold up this one. */
    start() {
      if (isSynchronous) thread ??= new SearchThread(database.url)
    },
    async close() {
      const running = thread
      thread = undefined
      await running?.stop()
    },
  }
}
