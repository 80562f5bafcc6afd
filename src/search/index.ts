import type { Database } from '../database/types.ts'
import { isSynchronous } from './engine.ts'
import { createInterpreter, type Interpreter } from './meaning.ts'
import { readOperators } from './operators.ts'
import type { EmbeddingProvider } from './provider.ts'
import { type Found, type Hit, type SearchRequest, type SuggestRequest, search, suggest } from './searching.ts'
import { SearchThread } from './thread.ts'
import { findSpace } from './vectors.ts'

type Search = ReturnType<typeof openSearch>

const LONGEST_TEXT = 20_000

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
  let interpreter: Interpreter | undefined

  /** Nothing is sent before there are documents to compare it with. */
  async function meaningOf(text: string) {
    if (interpreter === undefined) return undefined
    const space = await findSpace(database.read)
    return space?.model === interpreter.model ? interpreter.meaningOf(text) : undefined
  }

  async function understood(request: SuggestRequest): Promise<SuggestRequest> {
    if (request.like !== undefined) return { ...request, like: interpreter && request.like }
    if (request.isPrivate) return request
    return { ...request, meaning: await meaningOf(`${request.title}\n${request.body}`) }
  }

  return {
    async search(asked: SearchRequest): Promise<Found> {
      const request = { ...asked, meaning: await meaningOf(readOperators(asked.text.slice(0, LONGEST_TEXT)).prose) }
      return thread ? (thread.run({ what: 'search', request }) as Promise<Found>) : search(database.read, request)
    },
    async suggest(asked: SuggestRequest): Promise<Hit[]> {
      const request = await understood(asked)
      return thread ? (thread.run({ what: 'suggest', request }) as Promise<Hit[]>) : suggest(database.read, request)
    },
    /** From now on what is meant counts beside the words; without a provider words alone. */
    understandBy(provider: EmbeddingProvider | undefined) {
      interpreter = provider && createInterpreter(provider)
    },
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
