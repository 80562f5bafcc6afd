import type { FastifyRequest } from 'fastify'
import type { Account } from '../accounts/queries.ts'
import type { Writer } from '../database/types.ts'
import { tickedIn } from '../identity/blurring.ts'
import { blurredTexts, type PointedOut, pointedOut } from '../identity/views.ts'
import { listStaying, rewordStaying, textsOf } from './staying-queries.ts'

/** What may tell who somebody is in texts they leave behind, by question. */
export type Telltale = { title: string; finds: (PointedOut['finds'][number] & { isTicked: boolean })[] }

const knownOf = ({ email, name }: Pick<Account, 'email' | 'name'>) => [email, name]

export async function listTelltales(request: FastifyRequest, account: Account): Promise<Telltale[]> {
  const { page, server } = request
  const ticked = tickedIn((request.body as { blur?: unknown } | undefined)?.blur)
  const staying = await listStaying(server.database.read, account.id)
  return staying
    .map((one) => {
      const { finds } = pointedOut(page, textsOf(one), textsOf(one), knownOf(account))
      return {
        title: one.question.title,
        finds: finds.map((find) => ({ ...find, isTicked: ticked.includes(find.id) })),
      }
    })
    .filter(({ finds }) => finds.length > 0)
}

/** Takes out what was ticked. */
export async function blurStaying(db: Writer, request: FastifyRequest, account: Account, now: Date) {
  if (tickedIn((request.body as { blur?: unknown }).blur).length === 0) return
  for (const staying of await listStaying(db, account.id)) {
    const before = textsOf(staying)
    await rewordStaying(db, staying, blurredTexts(request, before, before, knownOf(account)), now)
  }
}
