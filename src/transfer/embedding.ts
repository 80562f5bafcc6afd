import { setImmediate, setTimeout } from 'node:timers/promises'
import type { Database, Reader } from '../database/types.ts'
import { findLastDocumentId, listUnplaced, placeDocuments, type Unplaced } from '../search/placing.ts'
import { type EmbeddingProvider, ProviderFailed } from '../search/provider.ts'
import { canHoldVectors } from '../search/vectors.ts'
import { searchables } from './reindex.ts'

const AT_ONCE = 32
const LOOKED_THROUGH = 2_000
const LONGEST_TEXT = 2_000
const LONGEST_WAIT_MS = 30_000
const PAUSES_MS = [1_000, 5_000]
const FIRST_REST_MS = 60_000
const LONGEST_REST_MS = 3_600_000

type Public = Unplaced & { text: string }
type Options = { onError: (error: unknown) => void; pausesMs?: number[]; now?: () => number }

/** Gives each public document its place in the space of a model, a few at a time, however long that takes. */
export class Embedder {
  #database: Database
  #provider: EmbeddingProvider
  #onError: Options['onError']
  #pausesMs: number[]
  #now: () => number
  #stopping = new AbortController()
  #round: Promise<number> | undefined
  #restsUntil = 0
  #restMs = FIRST_REST_MS
  #refused = new Set<number>()

  constructor(database: Database, provider: EmbeddingProvider, options: Options) {
    this.#database = database
    this.#provider = provider
    this.#onError = options.onError
    this.#pausesMs = options.pausesMs ?? PAUSES_MS
    this.#now = options.now ?? Date.now
  }

  /** What has no place yet gets one; a round that is under way is the one. Returns how many did. */
  round(): Promise<number> {
    this.#round ??= this.#placeAll().finally(() => {
      this.#round = undefined
    })
    return this.#round
  }

  async stop() {
    this.#stopping.abort()
    await this.#round
  }

  async #placeAll() {
    let placed = 0
    if (this.#now() < this.#restsUntil) return placed
    try {
      const last = await findLastDocumentId(this.#database.read)
      for (let after = 0; after < last && !this.#stopping.signal.aborted; ) {
        const until = after + LOOKED_THROUGH
        const unplaced = await this.#listUnplaced(after, until)
        after = unplaced.length < AT_ONCE ? until : unplaced.at(-1)!.documentId
        await setImmediate()
        const known = unplaced.filter(({ documentId }) => !this.#refused.has(documentId))
        placed += await this.#place(await publicOnes(this.#database.read, known))
      }
      this.#restMs = FIRST_REST_MS
    } catch (error) {
      this.#rest(error)
    }
    return placed
  }

  #listUnplaced(after: number, until: number) {
    return listUnplaced(this.#database.read, this.#provider.model, { after, until, limit: AT_ONCE })
  }

  #rest(error: unknown) {
    if (this.#stopping.signal.aborted) return
    this.#restsUntil = this.#now() + this.#restMs
    this.#restMs = Math.min(this.#restMs * 2, LONGEST_REST_MS)
    this.#onError(error)
  }

  async #place(documents: Public[]): Promise<number> {
    if (documents.length === 0) return 0
    const vectors = await this.#embed(documents.map(({ text }) => text))
    if (vectors === 'refused') return this.#placeOneByOne(documents)
    const placed = documents.map((document, index) => ({ ...document, vector: vectors[index]! }))
    await this.#database.write((db) => placeDocuments(db, this.#provider.model, placed))
    return placed.length
  }

  /** One of them is what the provider will not take: the others shall not wait for it. */
  async #placeOneByOne(documents: Public[]): Promise<number> {
    let placed = 0
    if (documents.length > 1) for (const document of documents) placed += await this.#place([document])
    else this.#refuse(documents[0]!)
    return placed
  }

  #refuse({ documentId, kind, id }: Public) {
    this.#refused.add(documentId)
    this.#onError(new Error(`The embedding provider does not take ${kind} ${id}: it is found by its words alone.`))
  }

  async #embed(texts: string[], attempt = 0): Promise<Float32Array[] | 'refused'> {
    const { signal } = this.#stopping
    try {
      return await this.#provider.embed(texts, AbortSignal.any([AbortSignal.timeout(LONGEST_WAIT_MS), signal]))
    } catch (error) {
      if (error instanceof ProviderFailed && error.isFinal) return 'refused'
      const pause = this.#pausesMs[attempt]
      if (pause === undefined || signal.aborted) throw error
      await setTimeout(pause, undefined, { signal })
      return this.#embed(texts, attempt + 1)
    }
  }
}

const MINUTE_MS = 60_000

/** Now and every minute, apart from other work: a provider may be slow, and the first round takes hours. */
export async function startEmbedding(database: Database, provider: EmbeddingProvider, onError: Options['onError']) {
  if (!(await canHoldVectors(database.read))) {
    onError(new Error(NO_VECTORS))
    return async () => {}
  }
  const embedder = new Embedder(database, provider, { onError })
  const timer = setInterval(() => embedder.round(), MINUTE_MS)
  void embedder.round()
  return async () => {
    clearInterval(timer)
    await embedder.stop()
  }
}

const NO_VECTORS =
  'EMBEDDINGS_URL is set, but this PostgreSQL has no extension named vector (pgvector): the search goes by words alone.'

/**
 * The one gate through which what people wrote leaves this machine: what the public search holds (`unplaced`) and what its
 * own feature calls public at this moment. Answers, names and everything beside title and text stay.
 */
export async function publicOnes(db: Reader, unplaced: Unplaced[]): Promise<Public[]> {
  const found: Public[] = []
  for (const document of unplaced) {
    const list = searchables[document.kind as keyof typeof searchables]
    const [subject] = (await list?.(db, document.id - 1, 1)) ?? []
    if (subject?.id !== document.id) continue
    const text = `${subject.title}\n\n${subject.body}`.trim().slice(0, LONGEST_TEXT).toWellFormed()
    if (text !== '') found.push({ ...document, text })
  }
  return found
}
