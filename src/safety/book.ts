import { createHash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'
import type { Database } from '../database/types.ts'
import type { Finding } from './flags.ts'
import type { Matcher } from './matcher.ts'
import { originalRules } from './rule-files.ts'
import { type Change, listChanges } from './rule-queries.ts'
import { matcherOf, type RuleKind, type Rules } from './rules.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** The rules in force, and what they say of a text. */
    safety: ReturnType<typeof createBook>
  }
}

export default fp(async (app: FastifyInstance) => {
  app.decorate(
    'safety',
    createBook(app.database, (error) => app.log.error(error)),
  )
  app.addHook('onListen', async () => void (await app.safety.current()))
})

export const SHELVES = { flag: 'flags', concept: 'concepts', country: 'countries' } as const

/** So that a change of the rule it was made from is noticed. */
export const hashOf = (rule: unknown) => createHash('sha256').update(JSON.stringify(rule)).digest('base64url')

export type Found = Finding & { severity: 'emergency' | 'urgent' | 'crisis' }
type Current = { stamp: string; rules: Rules; matcher: Matcher; changes: Change[] }

function createBook(database: Database, complain: (error: unknown) => void) {
  let current: Current | undefined

  /** Compiled once, and again when somebody has changed a rule, in whichever process. */
  async function latest() {
    const changes = await listChanges(database.read)
    const stamp = JSON.stringify(changes.map(({ id, editedAt }) => [id, editedAt.getTime()]))
    if (current?.stamp !== stamp) current = { stamp, changes, ...compiled(changes) }
    return current
  }

  /** A rule that no longer fits the others must not leave everybody without any. */
  function compiled(changes: Change[]) {
    try {
      const rules = rulesWith(changes)
      return { rules, matcher: matcherOf(rules) }
    } catch (error) {
      complain(error)
      return { rules: originalRules(), matcher: matcherOf(originalRules()) }
    }
  }

  return {
    current: latest,
    async check(text: string): Promise<Found[]> {
      const { matcher, rules } = await latest()
      return matcher.check(text).map((finding) => ({ ...finding, severity: rules.flags[finding.flag]!.severity }))
    },
  }
}

/** The rules as they came, with what was changed in their place. */
export function rulesWith(changes: Pick<Change, 'kind' | 'key' | 'rule'>[]): Rules {
  const original = originalRules()
  const changed = (kind: RuleKind) =>
    Object.fromEntries(changes.filter((change) => change.kind === kind).map(({ key, rule }) => [key, rule]))
  return {
    flags: { ...original.flags, ...changed('flag') } as Rules['flags'],
    concepts: { ...original.concepts, ...changed('concept') } as Rules['concepts'],
    countries: { ...original.countries, ...changed('country') } as Rules['countries'],
    weights: original.weights,
  }
}
