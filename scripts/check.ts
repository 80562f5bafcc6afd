/** `npm run check`: lint, types, templates, sentences, and that the migrations say what the schema says. */
import { spawnSync } from 'node:child_process'
import process from 'node:process'

const checks: [string, string[]][] = [
  ['node_modules/@biomejs/biome/bin/biome', ['check', '--error-on-warnings']],
  ['node_modules/typescript/bin/tsc', []],
  ['scripts/check-views.ts', []],
  ['scripts/check-messages.ts', []],
  ['scripts/check-migrations.ts', []],
]

const failed = checks.filter(
  ([file, words]) => spawnSync(process.execPath, [file, ...words], { stdio: 'inherit' }).status !== 0,
)
for (const [file] of failed) console.error(`failed: ${file}`)
process.exit(failed.length > 0 ? 1 : 0)
