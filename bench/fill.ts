/** A process of its own: fills the empty database that DATABASE_URL names, and says what the load needs to know of it. */
import process from 'node:process'
import { connect } from '../src/database/index.ts'
import { fillCategories } from './fill-categories.ts'
import { fillExperts, fillMembers } from './fill-people.ts'
import { countEverything, fillThreads } from './fill-threads.ts'
import { makeTexts } from './texts.ts'

const AT_ONCE = 1000

export type Forum = Awaited<ReturnType<typeof fill>>

async function fill(count: number) {
  const database = await connect()
  await database.migrate()
  const texts = makeTexts()
  const askers = await database.write(fillMembers)
  const experts = await database.write(fillExperts)
  const { root, leaves } = await database.write(fillCategories)
  const filling = { texts, askers, experts, leaves, count }
  for (let from = 1; from <= count; from += AT_ONCE)
    await database.write((db) => fillThreads(db, filling, { from, to: Math.min(from + AT_ONCE - 1, count) }))
  await database.write(countEverything)
  await database.close()
  return { askers, root, leaves, texts: texts.questions }
}

const forum = await fill(Number(process.argv[2]))
process.send?.(forum, () => process.disconnect?.())
