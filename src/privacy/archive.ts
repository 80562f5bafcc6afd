import { PassThrough, Readable } from 'node:stream'
import yazl from 'yazl'
import type { Reader } from '../database/types.ts'
import { escapeHtml } from '../lib/messages.ts'
import type { Page } from '../plugins/views.ts'
import { HOLDINGS, rowsOf } from './holdings.ts'
import { findContent, listOwnFiles } from './telling-queries.ts'

type Copy = { page: Page; accountId: number; now: Date; onError: (error: unknown) => void }

/** Everything kept of somebody as one zip, for machines and for people. It is read and written row by row. */
export async function archiveOf(db: Reader, { page, accountId, now, onError }: Copy) {
  const files = await listOwnFiles(db, accountId)
  const zip = new yazl.ZipFile()
  const options = { mtime: now }
  const add = (name: string, parts: () => AsyncIterable<string | Buffer>) =>
    zip.addReadStreamLazy(name, options, (done) => done(null, Readable.from(parts())))
  zip.on('error', onError)
  add('data.json', () => jsonOf(db, accountId, now))
  add('data.html', () => htmlOf(db, page, accountId))
  for (const { id, name } of files) add(`files/${id}-${safeName(name)}`, () => contentOf(db, id))
  zip.addBuffer(Buffer.from(readMe(page)), 'README.txt', options)
  zip.end()
  return zip.outputStream.pipe(new PassThrough())
}

async function* contentOf(db: Reader, id: number) {
  yield await findContent(db, id)
}

/** As a file may be called on any machine. */
const safeName = (name: string) => name.replace(/[^\p{L}\p{N}. _-]|\.{2,}/gu, '-')

const readMe = ({ t, siteName }: Page) =>
  `${t('All that {siteName} keeps of you. data.html is to be read, data.json is the same for other programs.', { siteName })}\n`

async function* jsonOf(db: Reader, accountId: number, now: Date) {
  yield `{"madeAt": ${JSON.stringify(now)}`
  for (const holding of HOLDINGS) {
    yield `,\n${JSON.stringify(holding.name)}: [`
    let separator = '\n'
    for await (const row of rowsOf(db, holding, accountId)) {
      yield separator + JSON.stringify(row)
      separator = ',\n'
    }
    yield ']'
  }
  yield '}\n'
}

async function* htmlOf(db: Reader, { t, siteName, locale }: Page, accountId: number) {
  const title = escapeHtml(t('What {siteName} keeps of you', { siteName }))
  yield `<!doctype html>\n<html lang="${locale}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">`
  yield `<title>${title}</title>\n<h1>${title}</h1>\n`
  for (const holding of HOLDINGS) {
    yield `<h2>${escapeHtml(t(holding.title))}</h2>\n`
    let count = 0
    for await (const row of rowsOf(db, holding, accountId)) {
      yield rowHtml(row)
      count += 1
    }
    if (count === 0) yield `<p>${escapeHtml(t('Nothing.'))}</p>\n`
  }
  yield '</html>\n'
}

const rowHtml = (row: Record<string, unknown>) =>
  `<dl>${Object.entries(row)
    .filter(([, value]) => value !== null && value !== '')
    .map(([name, value]) => `<dt>${escapeHtml(wordsOf(name))}</dt><dd dir="auto">${valueHtml(value)}</dd>`)
    .join('')}</dl>\n<hr>\n`

/** "createdAt" → "Created at" */
const wordsOf = (name: string) => {
  const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function valueHtml(value: unknown) {
  if (value instanceof Date) return `<time datetime="${value.toISOString()}">${value.toUTCString()}</time>`
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return escapeHtml(text).replaceAll('\n', '<br>')
}
