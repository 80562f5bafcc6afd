/** Generates once more into a copy: a migration that appears there is one that somebody forgot. */
import { execFileSync } from 'node:child_process'
import { cpSync, globSync, rmSync } from 'node:fs'
import process from 'node:process'

const MIGRATIONS_FOLDER = './.cache/migrations'

rmSync(MIGRATIONS_FOLDER, { recursive: true, force: true })
cpSync('migrations', MIGRATIONS_FOLDER, { recursive: true })
for (const DATABASE_URL of ['file:unused', 'postgres://unused'])
  execFileSync(process.execPath, ['node_modules/drizzle-kit/bin.cjs', 'generate', '--name', 'forgotten'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DATABASE_URL, MIGRATIONS_FOLDER },
  })
const forgotten = globSync('*/*_forgotten.sql', { cwd: MIGRATIONS_FOLDER })
if (forgotten.length > 0) {
  console.error('src/database/schema.ts has changed without a migration: npm run migration -- NAME')
  process.exit(1)
}
