import type { Sharp } from 'sharp'

export const MOST_FILES = 8
export const LARGEST_FILE = 10 * 1024 * 1024
export const MOST_BYTES = 40 * 1024 * 1024
/** A photo of a good telephone has 12 million, a page scanned at 600 dots an inch has 35. */
const MOST_PIXELS = 40_000_000
/** A page of paper at 300 dots an inch stays as sharp as it was. */
const LONGEST_EDGE = 4_000
const LONGEST_SECONDS = 20
const LONGEST_NAME = 100

export type Evidence = { name: string; mediaType: 'application/pdf' | 'image/jpeg'; content: Buffer }
export type Refusal = 'empty' | 'too-large' | 'not-taken' | 'broken' | 'too-many-pixels'

/** What a file is, by its content and no matter what it is called. Pictures come back made anew, without all they told. */
export async function examined(fileName: string, content: Buffer): Promise<Evidence | Refusal> {
  if (content.length === 0) return 'empty'
  if (content.length > LARGEST_FILE) return 'too-large'
  if (beginsWith(content, '%PDF-')) return isPdf(content) ? pdfOf(fileName, content) : 'broken'
  if (!PICTURES.some((signature) => beginsWith(content, signature))) return 'not-taken'
  return inTurn(() => pictureOf(fileName, content))
}

const PICTURES = ['\xff\xd8\xff', '\x89PNG\r\n\x1a\n']

const beginsWith = (content: Buffer, signature: string) => content.toString('latin1', 0, signature.length) === signature

const pdfOf = (fileName: string, content: Buffer): Evidence => ({
  name: named(fileName, 'pdf'),
  mediaType: 'application/pdf',
  content,
})

/** Whole, from its first byte to its last: its end says where its table of contents is, and there is one. */
function isPdf(content: Buffer) {
  const end = content.toString('latin1', Math.max(0, content.length - 1024))
  const [, offset] = /startxref\s+(\d{1,10})\s+%%EOF[\s\0]*$/.exec(end) ?? []
  if (offset === undefined) return false
  const table = content.toString('latin1', Number(offset), Number(offset) + 40)
  return /^\s*(xref\s|\d+\s+\d+\s+obj\b)/.test(table) && content.includes('/Root')
}

async function pictureOf(fileName: string, content: Buffer): Promise<Evidence | Refusal> {
  const { default: sharp } = await import('sharp')
  limit(sharp)
  try {
    const picture = sharp(content, { limitInputPixels: MOST_PIXELS, failOn: 'error' })
    return { name: named(fileName, 'jpg'), mediaType: 'image/jpeg', content: await madeAnew(picture) }
  } catch (error) {
    return /pixel limit/.test((error as Error).message) ? 'too-many-pixels' : 'broken'
  }
}

const madeAnew = (picture: Sharp) =>
  picture
    .autoOrient()
    .resize(LONGEST_EDGE, LONGEST_EDGE, { fit: 'inside', withoutEnlargement: true })
    .flatten({ background: 'white' })
    .jpeg({ quality: 85 })
    .timeout({ seconds: LONGEST_SECONDS })
    .toBuffer()

/** The library reads dozens of formats: only these two decoders ever see what strangers send. */
function limit(sharp: typeof import('sharp').default) {
  sharp.block({ operation: ['VipsForeignLoad'] })
  sharp.unblock({ operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer'] })
  sharp.cache(false)
  sharp.concurrency(1)
}

/** One at a time: a large picture takes as much memory as the rest of the forum. */
let last: Promise<unknown> = Promise.resolve()
function inTurn<Result>(work: () => Promise<Result>) {
  const result = last.then(work)
  last = result.catch(() => {})
  return result
}

/** Without a folder, controls or what turns the direction of text, and with the ending of what it is. */
function named(fileName: string, ending: string) {
  const base = (fileName.split(/[\\/]/).at(-1) ?? '').replace(/[\p{C}"<>:|?*]/gu, '').replace(/\.[^.]*$/, '')
  return `${base.trim().slice(0, LONGEST_NAME) || 'file'}.${ending}`
}
