/** One bit for each number of a vector: whether it is above zero. */
export function signsOf(vector: Float32Array): Uint8Array {
  const signs = new Uint8Array(bytesFor(vector.length))
  for (const [index, number] of vector.entries()) if (number > 0) signs[index >> 3]! |= 1 << (index & 7)
  return signs
}

/** Whole words of 32 bits. */
const bytesFor = (dimensions: number) => Math.ceil(dimensions / 32) * 4

const FIRST_ROOM = 1_024

/** The signs of all vectors, in memory: which ones differ in few signs is found quickly, and those alone are looked at. */
export class SignTable {
  #words: number
  #ids = new Int32Array(FIRST_ROOM)
  #signs: Uint32Array<ArrayBuffer>
  #count = 0

  constructor(dimensions: number) {
    this.#words = bytesFor(dimensions) / 4
    this.#signs = new Uint32Array(FIRST_ROOM * this.#words)
  }

  add(id: number, signs: Uint8Array) {
    if (this.#count === this.#ids.length) this.#grow()
    this.#ids[this.#count] = id
    new Uint8Array(this.#signs.buffer).set(signs, this.#count * this.#words * 4)
    this.#count += 1
  }

  /** The ids of those that differ least, `most` and a few that are as close. */
  closest(signs: Uint8Array, most: number): number[] {
    const wanted = new Uint32Array(signs.slice().buffer)
    const distances = new Uint16Array(this.#count)
    const counts = new Uint32Array(this.#words * 32 + 1)
    for (let place = 0; place < this.#count; place++) {
      const distance = this.#distanceTo(wanted, place)
      distances[place] = distance
      counts[distance]!++
    }
    const farthest = farthestOf(counts, most)
    const ids: number[] = []
    for (let place = 0; place < this.#count; place++) if (distances[place]! <= farthest) ids.push(this.#ids[place]!)
    return ids
  }

  #distanceTo(wanted: Uint32Array, place: number) {
    let distance = 0
    const from = place * this.#words
    for (let word = 0; word < this.#words; word++) distance += bitsIn(this.#signs[from + word]! ^ wanted[word]!)
    return distance
  }

  #grow() {
    const [ids, signs] = [this.#ids, this.#signs]
    this.#ids = new Int32Array(ids.length * 2)
    this.#signs = new Uint32Array(signs.length * 2)
    this.#ids.set(ids)
    this.#signs.set(signs)
  }
}

function farthestOf(counts: Uint32Array, most: number) {
  let sum = 0
  for (const [distance, count] of counts.entries()) {
    sum += count
    if (sum >= most) return distance
  }
  return counts.length
}

/** Counted in pairs, fours and eights at once. */
function bitsIn(word: number) {
  const pairs = word - ((word >>> 1) & 0x55555555)
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
