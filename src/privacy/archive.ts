import { PassThrough, Readable } from 'node:stream'
import yazl from 'yazl'
import type { Reader } from '../database/types.ts'
import { escapeHtml } from '../lib/messages.ts'
import type { Page } from '../plugins/views.ts'
import { HOLDINGS, rowsOf } from './holdings.ts'
import type { Reading } from './reading-kinds.ts'
import { READINGS } from './readings.ts'
import { createTeller } from './telling.ts'
import { findContent, listOwnFiles } from './telling-queries.ts'

type Copy = {
  page: Page
  accountId: number
  now: Date
  /** What each red flag is called. */
  flags: Map<string, string>
  onError: (error: unknown) => void
}

/** Everything kept of somebody as one zip, for machines and for people. It is read and written row by row. */
export async function archiveOf(db: Reader, copy: Copy) {
  const { page, accountId, now, onError } = copy
  const files = await listOwnFiles(db, accountId)
  const zip = new yazl.ZipFile()
  const options = { mtime: now }
  const add = (name: string, parts: () => AsyncIterable<string | Buffer>) =>
    zip.addReadStreamLazy(name, options, (done) => done(null, Readable.from(parts())))
  zip.on('error', onError)
  add('data.json', () => jsonOf(db, accountId, now))
  add('data.html', () => htmlOf(db, copy))
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

const STYLE =
  'body{font:1rem/1.6 system-ui,sans-serif;max-inline-size:46rem;margin:2rem auto;padding:0 1rem;overflow-wrap:anywhere}' +
  'h2{margin-block-start:3rem;border-block-end:1px solid}article{margin-block:1.5rem}h3{margin:0}small{font-weight:400}' +
  'dl{margin:.25rem 0}dl>div{margin-block:.25rem}dt{font-size:.875rem}dd{margin:0 0 0 1rem}'

/** For people: without what means something to programs alone. */
async function* htmlOf(db: Reader, { page, accountId, now, flags }: Copy) {
  const { t, siteName, locale } = page
  const title = escapeHtml(t('What {siteName} keeps of you', { siteName }))
  yield `<!doctype html>\n<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">`
  yield `<title>${title}</title><style>${STYLE}</style></head>\n<body><h1>${title}</h1>\n`
  yield `<p>${escapeHtml(t('Made on {date}. What programs alone make use of is in data.json.', { date: page.formatMoment(now) }))}</p>\n`
  const tellRow = createTeller({ db, page, accountId, flags })
  const nothing: string[] = []
  for (const holding of HOLDINGS) {
    const reading = READINGS[holding.name]!
    let isBegun = false
    for await (const row of rowsOf(db, holding, accountId)) {
      if (!isBegun) yield headHtml(page, holding.title, reading)
      isBegun = true
      yield await tellRow(reading, row)
    }
    if (!isBegun) nothing.push(t(holding.title))
  }
  yield `<h2>${escapeHtml(t('What there is nothing of'))}</h2>\n<ul>${nothing.map((name) => `<li>${escapeHtml(name)}</li>`).join('')}</ul>\n`
  yield '</body></html>\n'
}

const headHtml = ({ t }: Page, title: string, { note }: Reading) =>
  `<h2>${escapeHtml(t(title))}</h2>\n${note ? `<p>${escapeHtml(t(note))}</p>\n` : ''}`
