const LARGEST_ID = 2 ** 31 - 1

/** The boxes of that name that were ticked, whatever else was sent under it. */
export function idsIn({ body }: { body: unknown }, name: string): number[] {
  const fields = (body ?? {}) as Record<string, unknown>
  const sent = [fields[name] ?? []].flat().map(Number)
  return sent.filter((id) => Number.isInteger(id) && id > 0 && id <= LARGEST_ID)
}
