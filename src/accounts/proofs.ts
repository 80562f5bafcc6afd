import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { FormErrors } from '../lib/form-errors.ts'
import { createCodeLimit } from './limits.ts'
import { findPasswordHash } from './queries.ts'
import { takeCode } from './second-step.ts'

/** @returns a function that says what is wrong with a password, or a code in its place, and counts those that are wrong */
export function createProof(app: FastifyInstance) {
  const limitCodes = createCodeLimit(app, ({ viewer }) => viewer?.id)

  return async (request: FastifyRequest, reply: FastifyReply, text = ''): Promise<FormErrors | undefined> => {
    const { t } = request.page
    if (!text) return { password: t('Please fill this in.') }
    const tooMany = await limitCodes(request, reply)
    if (tooMany) return tooMany
    if (!(await isProof(request, text))) return { password: t('This is neither your password nor a code that works.') }
    await limitCodes.forgive(request)
    return undefined
  }
}

async function isProof(request: FastifyRequest, text: string) {
  const { auth, database } = request.server
  const { id } = request.signedIn()
  if (await takeCode(request, id, text)) return true
  const hash = await findPasswordHash(database.read, id)
  return hash !== undefined && (await auth.isPassword(text, hash))
}
