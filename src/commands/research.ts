import { existsSync } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { recordEvent } from '../audit/queries.ts'
import { findWordings } from '../consents/wording-queries.ts'
import type { Database } from '../database/types.ts'
import { researchLines } from '../transfer/research.ts'
import { withDatabase } from './database.ts'

/** What people allowed to be used for research, in a file for the owner's eyes alone. */
export async function handOutForResearch(file: string) {
  if (existsSync(file)) throw new Error(`${file} exists already: choose another name.`)
  const count = await withDatabase(async (database) => {
    const written = await write(database, `${file}.part`)
    await record(database, written)
    return written
  })
  await rename(`${file}.part`, file)
  console.log(
    `${count} ${count === 1 ? 'question is' : 'questions are'} in ${file}, of those who allow it for research.`,
  )
  console.log('Names and numbers were taken out by a program, which misses some: have somebody read it.')
  console.log('Whoever takes the consent back is left out from then on: delete the file once it is not needed.')
}

async function write(database: Database, part: string) {
  await rm(part, { force: true })
  const handle = await open(part, 'wx', 0o600)
  let count = 0
  try {
    for await (const line of researchLines(database.read)) {
      await handle.appendFile(line)
      count += 1
    }
  } finally {
    await handle.close()
  }
  return count
}

const record = (database: Database, count: number) =>
  database.write(async (db) => {
    const { version } = (await findWordings(db)).research
    const reason = `From the command line: ${count}`
    await recordEvent(db, { action: 'research-exported', subjectKind: 'consent', subjectId: version, reason })
  })
