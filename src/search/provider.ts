import type { Config } from '../config.ts'

/** Turns texts into places in a space of meaning: what means alike lies close together. */
export type EmbeddingProvider = {
  /** Names the space: places of different models have nothing to do with each other. */
  model: string
  /** One vector of length 1 for each text, all of as many numbers. */
  embed(texts: string[], signal: AbortSignal): Promise<Float32Array[]>
}

/** Says what went wrong in plain words, and nothing of what was sent. */
export class ProviderFailed extends Error {
  /** It would fail again with the same text, however often that is sent. */
  readonly isFinal: boolean

  constructor(message: string, { isFinal = false } = {}) {
    super(message)
    this.isFinal = isFinal
  }
}

/** Whatever speaks OpenAI's way: `POST {url}/embeddings`. */
export function openProvider({ url, model, key }: NonNullable<Config['embeddings']>): EmbeddingProvider {
  const headers = { 'content-type': 'application/json', ...(key ? { authorization: `Bearer ${key}` } : {}) }

  async function post(texts: string[], signal: AbortSignal) {
    try {
      const body = JSON.stringify({ model, input: texts, encoding_format: 'float' })
      return await fetch(`${url}/embeddings`, { method: 'POST', headers, body, signal, redirect: 'error' })
    } catch (error) {
      throw new ProviderFailed(`The embedding provider cannot be reached: ${reasonOf(error)}.`)
    }
  }

  return {
    model,
    async embed(texts, signal) {
      const response = await post(texts, signal)
      if (!response.ok) {
        await response.body?.cancel()
        throw new ProviderFailed(`The embedding provider answers ${response.status}.`, {
          isFinal: REFUSED.has(response.status),
        })
      }
      return vectorsIn(await read(response), texts.length)
    },
  }
}

/** A wrong key or address is put right some day; a text that is too long stays so. */
const REFUSED = new Set([400, 413, 422])

function reasonOf(error: unknown) {
  const { name, cause } = error as Error & { cause?: { code?: string } }
  return cause?.code ?? name
}

async function read(response: Response): Promise<unknown> {
  try {
    return await response.json()
  } catch (error) {
    throw new ProviderFailed(`The embedding provider broke off: ${reasonOf(error)}.`)
  }
}

type Embedded = { index: number; embedding: number[] }

function vectorsIn(answer: unknown, count: number) {
  const { data } = (answer ?? {}) as { data?: Embedded[] }
  if (!Array.isArray(data) || data.length !== count) throw strange()
  const vectors = data.toSorted((a, b) => a.index - b.index).map(({ embedding }) => unitOf(embedding))
  if (vectors.some(({ length }) => length !== vectors[0]!.length)) throw strange()
  return vectors
}

function unitOf(numbers: unknown) {
  if (!Array.isArray(numbers) || numbers.length === 0 || !numbers.every(Number.isFinite)) throw strange()
  const length = Math.hypot(...numbers)
  if (length === 0) throw strange()
  return Float32Array.from(numbers, (number) => number / length)
}

const strange = () => new ProviderFailed('The embedding provider answers something else than vectors.')
