import type { FastifyRequest } from 'fastify'
import { listMarks } from './mark-queries.ts'
import { canSeeMarks } from './policy.ts'
import { type ShownMark, shownMarks } from './views.ts'

/** What may be urgent in a question, for those who may know. */
export async function findShownMarks(
  { viewer, server, page }: FastifyRequest,
  { id, flaggedAt }: { id: number; flaggedAt: Date | null },
): Promise<ShownMark[]> {
  if (!flaggedAt || !canSeeMarks(viewer)) return []
  const { rules } = await server.safety.current()
  return shownMarks(page, await listMarks(server.database.read, id), rules)
}
