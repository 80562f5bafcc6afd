import { impersonal } from './impersonal.ts'
import type { EmbeddingProvider } from './provider.ts'
import { withoutAddresses } from './words.ts'

/** What is looked for as a place in a model's space. */
export type Meaning = { model: string; vector: Float32Array }

const LONGEST_WAIT_MS = 300
const LONGEST_TEXT = 2_000
const MOST_KEPT = 500
const MOST_FAILURES = 3
const FIRST_REST_MS = 30_000
const LONGEST_REST_MS = 600_000

export type Interpreter = ReturnType<typeof createInterpreter>

/** Finds the meaning of what people look for; whoever waits gets none rather than late. */
export function createInterpreter(provider: EmbeddingProvider) {
  const kept = new Map<string, Float32Array>()
  const breaker = createBreaker()

  async function embed(text: string) {
    if (!breaker.mayTry()) return undefined
    try {
      const [vector] = await provider.embed([text], AbortSignal.timeout(LONGEST_WAIT_MS))
      breaker.succeeded()
      return vector
    } catch {
      breaker.failed()
      return undefined
    }
  }

  return {
    model: provider.model,

    async meaningOf(typed: string): Promise<Meaning | undefined> {
      const text = speakable(typed)
      if (text === '') return undefined
      const vector = kept.get(text) ?? (await embed(text))
      if (!vector) return undefined
      keep(kept, text, vector)
      return { model: provider.model, vector }
    },
  }
}

/** What of a search or a draft may be told to the provider. */
const speakable = (typed: string) =>
  impersonal(withoutAddresses(typed)).replace(/\s+/g, ' ').trim().slice(0, LONGEST_TEXT).toWellFormed()

/** The one that nobody has asked for longest goes first. */
function keep(kept: Map<string, Float32Array>, text: string, vector: Float32Array) {
  kept.delete(text)
  kept.set(text, vector)
  if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value!)
}

/** A provider that fails time and again is left alone for a while, and then tried by one search alone. */
export function createBreaker(now = Date.now) {
  let failures = 0
  let restsUntil = 0
  let rest = FIRST_REST_MS

  return {
    mayTry() {
      if (failures < MOST_FAILURES) return true
      if (now() < restsUntil) return false
      restsUntil = now() + rest
      return true
    },
    succeeded() {
      failures = 0
      rest = FIRST_REST_MS
    },
    failed() {
      failures += 1
      if (failures < MOST_FAILURES) return
      restsUntil = now() + rest
      rest = Math.min(rest * 2, LONGEST_REST_MS)
    },
  }
}
