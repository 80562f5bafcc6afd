/** Where a page of a list ended: its last row's time and id. */
export type Position = { at: Date; id: number }

export const PAGE_SIZE = 20

/** For lists in the order of their ids, whose times are nobody's to know. */
export const byId = ({ id }: { id: number }): Position => ({ at: new Date(0), id })

/** A position as it stands in an address: opaque, short, safe in a URL. */
export const cursorOf = ({ at, id }: Position) => `${at.getTime().toString(36)}-${id.toString(36)}`

/** The position a cursor names, or undefined where it is none of ours. */
export function positionOf(cursor: string | undefined): Position | undefined {
  const [, time, id] = /^([0-9a-z]{1,9})-([0-9a-z]{1,7})$/.exec(cursor ?? '') ?? []
  if (!time || !id) return undefined
  const position = { at: new Date(Number.parseInt(time, 36)), id: Number.parseInt(id, 36) }
  return position.id < 2 ** 31 ? position : undefined
}

/** Takes one row more than a page to know whether another page follows. */
export function pageOf<Row>(rows: Row[], position: (row: Row) => Position, size = PAGE_SIZE) {
  const shown = rows.slice(0, size)
  const last = shown.at(-1)
  return { rows: shown, next: rows.length > size && last ? cursorOf(position(last)) : undefined }
}
