import { isPostgres } from '../database/dialect.ts'

type Engine = typeof import('./vectors.sqlite.ts')

const engine: Engine = isPostgres ? await import('./vectors.postgres.ts') : await import('./vectors.sqlite.ts')

/** Where each document lies in the space of the one model that is in use. The tables are made when that is first used. */
export const { canHoldVectors, findSpace, findVector, listNear, listSample, makeSpace, saveVectors } = engine
