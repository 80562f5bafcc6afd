/** Numbers between 0 and 1 that are the same each time, so that learning twice gives the same weights. */
export function randomFrom(seed: number) {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) & 0x7fffffff
    return state / 0x7fffffff
  }
}
export type Random = ReturnType<typeof randomFrom>
