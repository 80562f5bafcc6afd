import { isPostgres } from '../database/dialect.ts'

type Engine = typeof import('./index.sqlite.ts')

const engine: Engine = isPostgres ? await import('./index.postgres.ts') : await import('./index.sqlite.ts')

export const { insertTokens, deleteTokens, listed, listPostings, isSynchronous } = engine
