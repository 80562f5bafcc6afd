import process from 'node:process'
import { reindex } from '../transfer/reindex.ts'
import { withDatabase } from './database.ts'

/** While the forum runs, if need be. */
export const reindexEverything = () =>
  withDatabase(async (database) => {
    const { stdout } = process
    const done = await reindex(database, {
      onProgress(count) {
        if (stdout.isTTY) stdout.write(`\rRead so far: ${count}`)
      },
    })
    stdout.write(`${stdout.isTTY ? '\r' : ''}The search knows ${done} questions, categories and experts.\n`)
  })
