/** The space of one model, as long as it is in use. */
export type Space = { id: number; model: string; dimensions: number }

export type Near = { id: number; similarity: number }

export type Placed = { documentId: number; vector: Float32Array }

/** Of two vectors of length 1: 1 for the same direction, 0 where they have nothing to do with each other. */
export function similarityOf(one: Float32Array, other: Float32Array) {
  let sum = 0
  for (let index = 0; index < one.length; index++) sum += one[index]! * other[index]!
  return sum
}
