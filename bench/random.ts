/** The same numbers from 0 to 1 in every run (mulberry32), so that every run fills and asks for the same. */
export function createRandom(seed: number) {
  let state = seed
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number) => Math.floor(next() * limit)
  return {
    next,
    below,
    pick: <Item>(items: readonly Item[]) => items[below(items.length)]!,
    many: <Item>(items: readonly Item[], count: number) =>
      Array.from({ length: count }, () => items[below(items.length)]!),
  }
}

export type Random = ReturnType<typeof createRandom>
