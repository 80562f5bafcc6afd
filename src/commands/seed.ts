import { join, relative } from 'node:path'
import process from 'node:process'
import type { Database } from '../database/types.ts'
import { loadSeed } from '../transfer/seed.ts'
import { readSeed } from '../transfer/seed-files.ts'
import { withDatabase } from './database.ts'

const FOLDER = relative(process.cwd(), join(import.meta.dirname, '../../seed')) || '.'

export const seed = () => withDatabase(fill)

/** Loads the example content, with one line that counts up. */
export async function fill(database: Database) {
  const content = readSeed(FOLDER)
  const { stdout } = process
  const said = 'Adding the example content'
  const added = await loadSeed(database, content, (done, of) => {
    if (stdout.isTTY) stdout.write(`\r${said}: ${done} of ${of} questions`)
  })
  const line = `${said}: ${added.categories} categories, ${added.people} people, ${added.questions} questions, ${added.answers} answers.`
  stdout.write(stdout.isTTY ? `\r${line}\n` : `${line}\n`)
}
