import { defineConfig } from 'drizzle-kit'
import { isPostgres } from './src/database/dialect.ts'

const engine = isPostgres ? 'postgres' : 'sqlite'

export default defineConfig({
  dialect: isPostgres ? 'postgresql' : 'sqlite',
  schema: './src/database/schema.ts',
  out: `${process.env.MIGRATIONS_FOLDER ?? './migrations'}/${engine}`,
  casing: 'snake_case',
})
