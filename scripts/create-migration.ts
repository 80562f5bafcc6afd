/** `npm run migration -- NAME`: writes the same migration for both engines from src/database/schema.ts. */
import { execFileSync } from 'node:child_process'
import process from 'node:process'

const name = process.argv[2]
if (!name) {
  console.error('Say what the migration does: npm run migration -- add-review-dates')
  process.exit(1)
}
for (const DATABASE_URL of ['file:unused', 'postgres://unused'])
  execFileSync('drizzle-kit', ['generate', '--name', name], { stdio: 'inherit', env: { ...process.env, DATABASE_URL } })
