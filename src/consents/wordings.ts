import { CONSENTS, type ConsentKind, type Words } from './texts.ts'

export type Wording = Words & {
  kind: ConsentKind
  version: number
  /** An administrator wrote it. */
  isOwn: boolean
}

type Stored = { kind: ConsentKind; version: number; text: string; writtenAfter: number | null }

const GAP = '\n\n'

export const joined = ({ text, meaning }: Words) => text + GAP + meaning

export function split(stored: string): Words {
  const [text = '', ...rest] = stored.split(GAP)
  return { text, meaning: rest.join(GAP) }
}

/**
 * What holds: the last that was kept, unless it came with the program and the program has brought a newer one since. What an
 * administrator wrote stays, and so does what only a newer program knows.
 */
export function presentWording(kind: ConsentKind, last: Stored | undefined): Wording {
  const { wordings } = CONSENTS[kind]
  const came = wordings.at(-1)!
  if (!last) return { ...came, kind, version: wordings.length, isOwn: false }
  const isOwn = last.writtenAfter !== null
  const isSuperseded = !isOwn && wordings.slice(0, -1).some((words) => joined(words) === last.text)
  if (isSuperseded) return { ...came, kind, version: last.version + 1, isOwn }
  return { ...split(last.text), kind, version: last.version, isOwn }
}
