/** `npm run bench:search`: how well the search finds what people judged to be answers. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { readSearchOptions } from './options.ts'
import { openStage } from './stage.ts'

const options = readSearchOptions()
const folder = options.keep ?? mkdtempSync(join(tmpdir(), 'forum-search-'))
const stage = await openStage(options.engine, folder)
process.env.DATABASE_URL = stage.url
process.env.NODE_ENV = 'test'
try {
  const { measure } = await import('./measure.ts') // the engine is chosen when the first of the forum's files is read
  const { lines, run } = await measure(options)
  console.log(lines.join('\n'))
  if (options.runOut) writeFileSync(options.runOut, run)
} finally {
  await stage.close()
  if (!options.keep) rmSync(folder, { recursive: true, force: true })
}
process.exit(0)
