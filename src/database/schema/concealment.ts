import { integer, text, timestamp } from '../dialect.ts'
import { accounts } from './accounts.ts'

export const concealment = () => ({
  /** Since when only its writer and staff see it. */
  hiddenAt: timestamp(),
  hiddenById: integer().references(() => accounts.id, { onDelete: 'set null' }),
  hiddenReason: text(),
})
