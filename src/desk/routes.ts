import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { canAnswer } from '../accounts/policy.ts'
import { listCategoriesInScope } from '../experts/scope-queries.ts'
import { pageOf, positionOf } from '../lib/paging.ts'
import { Forbidden, NotFound, NotVerified } from '../plugins/errors.ts'
import type { Page } from '../plugins/views.ts'
import { countOverdue } from '../reviews/queries.ts'
import { updateAvailability } from './availability-queries.ts'
import { listConfided } from './confided-queries.ts'
import { AvailabilityForm, DeskQuery } from './forms.ts'
import {
  countWaiting,
  type DeskQuestion,
  findAvailability,
  listBegun,
  listClaims,
  listFollowUps,
  listPlaces,
  listReasons,
  listRouted,
  listUrgent,
  listWaiting,
  positionOfRow,
  type Whose,
} from './queries.ts'
import { placesWithin, subjectsOf, topsOf } from './subjects.ts'
import { choicesOf, dayOf, deskCrumbs, deskRow, nextQuery, upFrom } from './views.ts'

const LONGEST_LEAVE_MS = 366 * 86_400_000

/** Where experts work: what waits for them, and what they have in hand. */
const desk: FastifyPluginAsyncTypebox = async (app) => {
  const { database } = app

  app.get('/desk', { schema: { querystring: DeskQuery } }, async (request, reply) => {
    const { id: expertId } = expertOf(request)
    const now = new Date()
    const { show = 'waiting', order = 'longest', category, after } = request.query
    const narrowed = { show, order, category }
    const { chosen, tops, places, categoryIds, scopeIds } = await findPlaces(expertId, category)
    const waiting = { expertId, show, order, categoryIds, now }
    const [urgent, rows, counts, rest] = await Promise.all([
      after ? [] : listUrgent(database.read, waiting),
      listWaiting(database.read, { ...waiting, after: positionOf(after) }),
      countWaiting(database.read, { expertId, show, now, categoryIds: scopeIds }),
      findRest({ expertId, categoryIds: scopeIds, now }),
    ])
    const page = pageOf(rows, (row) => positionOfRow(show, row))
    const above = chosen && places.findLast(({ path }) => chosen.path.startsWith(`${path}/`))
    const isAboveInScope = above && placesWithin(places, tops).includes(above)
    return reply.render('desk/show', {
      ...choicesOf(request.page.t, narrowed, subjectsOf(places, { tops, chosen, counts })),
      ...shownRest(request.page, rest, now),
      crumbs: deskCrumbs(request.page.t),
      rows: urgentFirst(urgent, page.rows).map((row) => deskRow(request.page, row, now)),
      next: nextQuery(narrowed, page.next),
      isFirstPage: !after,
      chosen: chosen && { name: chosen.name, up: upFrom(narrowed, isAboveInScope ? above.path : undefined) },
    })
  })

  app.get('/desk/availability', async (request, reply) => {
    const { id } = expertOf(request)
    const found = await findAvailability(database.read, id)
    const { capacity, leaveUntil, deskMail } = found!
    const isAway = leaveUntil !== null && leaveUntil > new Date()
    const values = {
      capacity: String(capacity),
      ...(isAway ? { leaveUntil: dayOf(leaveUntil) } : {}),
      ...(deskMail ? { deskMail: 'true' } : {}),
    }
    return showAvailability(request, reply, { values })
  })

  app.post(
    '/desk/availability',
    { schema: { body: AvailabilityForm }, attachValidation: true },
    async (request, reply) => {
      const { id } = expertOf(request)
      const values = request.typed()
      const errors = request.formErrors() ?? leaveErrors(request.page.t, request.body.leaveUntil)
      if (errors) return showAvailability(request, reply.code(422), { values, errors })
      const { capacity, leaveUntil, deskMail } = request.body
      const availability = {
        capacity,
        leaveUntil: leaveUntil ? new Date(leaveUntil) : null,
        deskMail: deskMail === 'true',
      }
      await database.write((db) => updateAvailability(db, id, availability))
      return reply.notice('Your desk is as you wished.').redirect(request.page.url('/desk'), 303)
    },
  )

  async function findPlaces(expertId: number, category: string | undefined) {
    const [places, scope] = await Promise.all([
      listPlaces(database.read),
      listCategoriesInScope(database.read, expertId),
    ])
    const tops = topsOf(places, scope)
    const within = placesWithin(places, tops)
    const chosen = within.find(({ path }) => path === category)
    if (category !== undefined && !chosen) throw new NotFound()
    const scopeIds = scope && within.map(({ id }) => id)
    const categoryIds = chosen ? placesWithin(places, [chosen]).map(({ id }) => id) : scopeIds
    return { places, tops, chosen, scopeIds, categoryIds }
  }

  async function findRest(whose: Whose) {
    const { expertId, now } = whose
    const [claims, confided, routed, begun, followUps, overdueCount, availability] = await Promise.all([
      listClaims(database.read, whose),
      listConfided(database.read, whose),
      listRouted(database.read, whose),
      listBegun(database.read, whose),
      listFollowUps(database.read, whose),
      countOverdue(database.read, { by: expertId, now }),
      findAvailability(database.read, expertId),
    ])
    const referred = routed.filter(({ reason }) => reason === 'referred').map(({ id }) => id)
    const reasons = await listReasons(database.read, expertId, referred)
    return { claims, confided, routed, begun, followUps, overdueCount, availability: availability!, reasons }
  }
}

type Rest = {
  claims: Awaited<ReturnType<typeof listClaims>>
  confided: Awaited<ReturnType<typeof listConfided>>
  routed: Awaited<ReturnType<typeof listRouted>>
  begun: Awaited<ReturnType<typeof listBegun>>
  followUps: Awaited<ReturnType<typeof listFollowUps>>
  overdueCount: number
  availability: NonNullable<Awaited<ReturnType<typeof findAvailability>>>
  reasons: Awaited<ReturnType<typeof listReasons>>
}

function shownRest(page: Page, { claims, confided, routed, reasons, ...rest }: Rest, now: Date) {
  const { leaveUntil } = rest.availability
  return {
    ...rest,
    claims: claims.map((row) => deskRow(page, row, now)),
    confided: confided.map((row) => deskRow(page, row, now)),
    routed: routed.map((row) => ({
      ...deskRow(page, row, now),
      routedAt: row.routedAt,
      from: row.reason === 'referred' ? reasons.get(row.id) : undefined,
    })),
    isAway: leaveUntil !== null && leaveUntil > now,
  }
}

function expertOf(request: FastifyRequest) {
  const viewer = request.signedIn()
  if (!canAnswer(viewer)) throw viewer.handle && !viewer.needsSecondFactor ? new NotVerified() : new Forbidden()
  return viewer
}

type Shown = { values: Record<string, string>; errors?: Record<string, string> }

function showAvailability({ page }: FastifyRequest, reply: FastifyReply, shown: Shown) {
  const crumbs = [...deskCrumbs(page.t), { name: page.t('When I am here') }]
  return reply.render('desk/availability', { ...shown, crumbs })
}

function leaveErrors(t: Page['t'], day: string | undefined) {
  if (day === undefined) return undefined
  const left = Date.parse(day) - Date.now()
  if (left > 0 && left < LONGEST_LEAVE_MS) return undefined
  return { leaveUntil: t('Please choose a day from tomorrow on, within a year.') }
}

/** On the first page, each once. */
function urgentFirst(urgent: DeskQuestion[], rows: DeskQuestion[]) {
  const above = new Set(urgent.map(({ id }) => id))
  return [...urgent, ...rows.filter(({ id }) => !above.has(id))]
}

export default desk
