import { timestamp } from '../dialect.ts'

export const now = () => new Date()
export const createdAt = () => timestamp().notNull().$defaultFn(now)
