import type { Reader } from '../database/types.ts'
import type { Meaning } from './meaning.ts'
import { type Near, type Space, similarityOf } from './spaces.ts'
import { findSpace, findVector, listNear, listSample } from './vectors.ts'

/** Where a document stands among those whose meaning is closest, and whether that is close enough to be shown for it alone. */
export type Nearness = Map<number, { place: number; isNear: boolean }>

const MOST_NEAR = 40
const SAMPLE = 200
const SAMPLE_IS_KEPT_MS = 600_000
/** Of 30,000 documents about something else one lies that many deviations off. */
const DEVIATIONS = 4
/** How the median of distances from the median relates to a standard deviation. */
const MEDIAN_TO_DEVIATION = 1.4826
const LEAST_DEVIATION = 0.01

/** `like`: near to a document that has its place already. */
export async function nearnessTo(
  db: Reader,
  { meaning, like }: { meaning?: Meaning; like?: number },
): Promise<Nearness> {
  if (!meaning && like === undefined) return new Map()
  const space = await findSpace(db)
  if (!space || (meaning && meaning.model !== space.model)) return new Map()
  const vector = meaning ? meaning.vector : await findVector(db, like!)
  if (vector?.length !== space.dimensions) return new Map()
  const near = await listNear(db, space, vector, MOST_NEAR)
  const least = await ordinaryLimit(db, space, vector)
  return new Map(near.map((one: Near, place) => [one.id, { place, isNear: one.similarity >= least }]))
}

/** Models differ in what they call similar: what stands out from any documents is near. */
async function ordinaryLimit(db: Reader, space: Space, vector: Float32Array) {
  const similarities = (await sampleOf(db, space)).map((other) => similarityOf(vector, other))
  const middle = medianOf(similarities)
  const deviation = MEDIAN_TO_DEVIATION * medianOf(similarities.map((similarity) => Math.abs(similarity - middle)))
  return middle + DEVIATIONS * Math.max(LEAST_DEVIATION, deviation)
}

const medianOf = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 1

const samples = new WeakMap<Reader, { spaceId: number; takenAt: number; vectors: Float32Array[] }>()

async function sampleOf(db: Reader, space: Space) {
  const known = samples.get(db)
  const isFresh = known?.spaceId === space.id && Date.now() - known.takenAt < SAMPLE_IS_KEPT_MS
  if (isFresh && known.vectors.length === SAMPLE) return known.vectors
  const vectors = await listSample(db, SAMPLE)
  samples.set(db, { spaceId: space.id, takenAt: Date.now(), vectors })
  return vectors
}
