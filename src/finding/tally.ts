import type { Database } from '../database/types.ts'
import { anonymousWords } from './anonymous-words.ts'
import { countSearches, type SearchCount } from './queries.ts'

type Event = { isEmpty?: boolean; isAsked?: boolean }

const PAUSE_MS = 5_000
const MOST_WAITING = 1_000

/** As 2026-01-31. */
export const dayOf = (date: Date) => date.toISOString().slice(0, 10)

/**
 * Counts what people search for. It writes every few seconds at most, so that no page waits for it; what a crash takes
 * with it is not missed.
 */
export function createTally(database: Database, onError: (error: unknown) => void) {
  let waiting = new Map<string, SearchCount>()
  let timer: NodeJS.Timeout | undefined

  /** Without an event: it was searched for. */
  function note(text: string, { isEmpty = false, isAsked = false }: Event = {}) {
    const words = anonymousWords(text)
    if (!words || (waiting.size >= MOST_WAITING && !waiting.has(words))) return
    const count = waiting.get(words) ?? { words, count: 0, emptyCount: 0, askedCount: 0 }
    if (isAsked) count.askedCount += 1
    else count.count += 1
    if (isEmpty) count.emptyCount += 1
    waiting.set(words, count)
    timer ??= setTimeout(flush, PAUSE_MS).unref()
  }

  async function flush() {
    clearTimeout(timer)
    timer = undefined
    const counts = [...waiting.values()]
    waiting = new Map()
    if (counts.length === 0) return
    await database.write((db) => countSearches(db, dayOf(new Date()), counts)).catch(onError)
  }

  return { note, flush }
}
