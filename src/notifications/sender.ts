import type { Database } from '../database/types.ts'
import { claimMail, markMailFailed, markMailSent, type QueuedMail } from './queries.ts'
import { deliver, isRefusedForGood, type Letterhead, type Transport } from './smtp.ts'

const MINUTE_MS = 60_000
/** How long after the first, second … failed attempt the next one comes; after the last there is none. */
const PAUSES_MS = [1, 5, 30, 2 * 60, 8 * 60, 24 * 60].map((minutes) => minutes * MINUTE_MS)
const LEASE_MS = 5 * MINUTE_MS
const LOOK_EVERY_MS = 15_000
const LONGEST_ERROR = 500

type Options = Letterhead & {
  transport: Transport
  clock?: () => Date
  /** Told when the database does not answer. */
  onError?: (error: unknown) => void
}

/** Takes mail out of the outbox and to the mail server. Any number of servers may do so at once. */
export function createSender(database: Database, options: Options) {
  const { clock = () => new Date(), onError = () => {} } = options
  let timer: NodeJS.Timeout | undefined
  let sending: Promise<void> | undefined
  let isWoken = false
  let isStopped = false

  async function sendDue() {
    while (!isStopped) {
      const now = clock()
      const batch = await database.write((db) => claimMail(db, { now, until: new Date(now.getTime() + LEASE_MS) }))
      if (batch.length === 0) return
      await Promise.all(batch.map((mail) => send(database, { ...options, clock }, mail)))
    }
  }

  async function sendWhileWoken() {
    while (isWoken) {
      isWoken = false
      await sendDue().catch(onError)
    }
    sending = undefined
  }

  /** Looks into the outbox now, or once more after the look that is going on. */
  function wake() {
    isWoken = true
    sending ??= sendWhileWoken()
    return sending
  }

  return {
    wake,
    start() {
      timer = setInterval(wake, LOOK_EVERY_MS)
      void wake()
    },
    /** Lets go once what is in hand has been sent. */
    async stop() {
      isStopped = true
      clearInterval(timer)
      await sending
    },
  }
}

async function send(database: Database, options: Options & { clock: () => Date }, mail: QueuedMail) {
  const { transport, clock } = options
  try {
    await deliver(transport, options, mail)
  } catch (error) {
    const pause = isRefusedForGood(error) ? undefined : PAUSES_MS[mail.attempts - 1]
    const nextAttemptAt = pause === undefined ? undefined : new Date(clock().getTime() + pause)
    return database.write((db) => markMailFailed(db, { id: mail.id, nextAttemptAt, error: textOf(error) }))
  }
  return database.write((db) => markMailSent(db, mail.id, clock()))
}

const textOf = (error: unknown) => (error instanceof Error ? error.message : String(error)).slice(0, LONGEST_ERROR)
