import { isDeepStrictEqual } from 'node:util'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { isAdministrator } from '../accounts/policy.ts'
import { recordEvent } from '../audit/queries.ts'
import { Forbidden, NotFound } from '../plugins/errors.ts'
import { readRule, writeRule } from './admin-forms.ts'
import { booksPage, rulePage, trialOf } from './admin-views.ts'
import { hashOf, rulesWith, SHELVES } from './book.ts'
import { NewRuleQuery, RuleForm, RuleParams, TrialForm } from './forms.ts'
import { originalRules } from './rule-files.ts'
import { deleteChange, saveChange } from './rule-queries.ts'
import { matcherOf, type RuleKind } from './rules.ts'

type Address = { kind: RuleKind; key: string }

/** The rules, for those who answer for them. */
const admin: FastifyPluginAsyncTypebox = async (app) => {
  const { database } = app

  app.addHook('onRequest', async (request) => {
    if (!isAdministrator(request.signedIn())) throw new Forbidden()
  })

  app.get('/admin/safety', async (request, reply) => {
    const { rules, changes } = await app.safety.current()
    return reply.render('safety/book', booksPage(request.page, rules, { changes }))
  })

  app.post('/admin/safety/trial', { schema: { body: TrialForm }, attachValidation: true }, async (request, reply) => {
    const { rules, changes, matcher } = await app.safety.current()
    const errors = request.formErrors()
    const text = request.typed().text ?? ''
    if (errors) return reply.code(422).render('safety/book', booksPage(request.page, rules, { changes, text, errors }))
    return reply.render(
      'safety/book',
      booksPage(request.page, rules, { changes, text, trial: trialOf(matcher, rules, text) }),
    )
  })

  app.get('/admin/safety/new', { schema: { querystring: NewRuleQuery } }, async (request, reply) => {
    const { kind, key } = request.query
    return reply.redirect(request.page.url(`/admin/safety/${kind}/${encodeURIComponent(key)}`), 303)
  })

  app.get('/admin/safety/:kind/:key', { schema: { params: RuleParams } }, async (request, reply) => {
    const { rules } = await app.safety.current()
    const rule = rules[SHELVES[request.params.kind]][request.params.key]
    return showRule(request, reply, { ...request.params, typed: writeRule(request.params.kind, rule) })
  })

  app.post(
    '/admin/safety/:kind/:key',
    { schema: { params: RuleParams, body: RuleForm }, attachValidation: true },
    async (request, reply) => {
      const { kind, key } = request.params
      const typed = request.typed().rule ?? ''
      const read = request.formErrors()
        ? { error: request.page.t('Please fill this in.') }
        : readRule(request.page.t, kind, typed)
      const error = 'error' in read ? read.error : await misfit(request.params, read.rule)
      if (error || 'error' in read) return showRule(request, reply.code(422), { kind, key, typed, error })
      const { rules } = await app.safety.current()
      if (isDeepStrictEqual(read.rule, rules[SHELVES[kind]][key]))
        return reply.notice('Nothing has changed.').redirect(request.page.url('/admin/safety'), 303)
      await save(request, read.rule)
      return reply.notice('The rule is saved and in force.').redirect(request.page.url('/admin/safety'), 303)
    },
  )

  app.delete('/admin/safety/:kind/:key', { schema: { params: RuleParams } }, async (request, reply) => {
    const { kind, key } = request.params
    const error = await misfit({ kind, key }, originalRules()[SHELVES[kind]][key])
    if (error) return showRule(request, reply.code(422), { kind, key, typed: '', error })
    await database.write(async (db) => {
      const id = await deleteChange(db, kind, key)
      if (id === undefined) throw new NotFound()
      await recordEvent(db, { ...eventOf(request, id), action: 'safety-rule-restored', reason: `${kind} ${key}` })
    })
    return reply.notice('The rule is as it came again.').redirect(request.page.url('/admin/safety'), 303)
  })

  async function save(request: FastifyRequest, rule: Record<string, unknown>) {
    const { kind, key } = request.params as Address
    const original = originalRules()[SHELVES[kind]][key]
    const originalHash = original && hashOf(original)
    const editedById = request.signedIn().id
    await database.write(async (db) => {
      const id = await saveChange(db, { kind, key, rule, originalHash, editedById }, new Date())
      await recordEvent(db, { ...eventOf(request, id), action: 'safety-rule-edited', reason: `${kind} ${key}` })
    })
  }

  /** What would break if the rule were so: a pattern that names words there are not. */
  async function misfit({ kind, key }: Address, rule: unknown) {
    const { changes } = await app.safety.current()
    const others = changes.filter((change) => change.kind !== kind || change.key !== key)
    try {
      matcherOf(rulesWith(rule ? [...others, { kind, key, rule: rule as Record<string, unknown> }] : others))
      return undefined
    } catch (error) {
      return (error as Error).message
    }
  }

  type Typed = Address & { typed: string; error?: string }

  async function showRule(request: FastifyRequest, reply: FastifyReply, { kind, key, typed, error }: Typed) {
    const { changes } = await app.safety.current()
    const original = originalRules()[SHELVES[kind]][key]
    const change = changes.find((one) => one.kind === kind && one.key === key)
    return reply.render('safety/rule', rulePage(request.page, { kind, key, typed, error, original, change }))
  }
}

const eventOf = (request: FastifyRequest, subjectId: number) => ({
  actorId: request.signedIn().id,
  subjectKind: 'safety-rule' as const,
  subjectId,
})

export default admin
