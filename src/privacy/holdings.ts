import { eq } from 'drizzle-orm'
import * as tables from '../database/schema.ts'
import type { Reader } from '../database/types.ts'
import { PAGE_SIZE } from '../lib/paging.ts'
import {
  type Lister,
  listAllowed,
  listEarlier,
  listLooksAtOwn,
  listMarksOfOwn,
  listRevealsOfOwn,
} from './telling-queries.ts'

type Table = (typeof tables)[keyof typeof tables] & Parameters<ReturnType<Reader['select']>['from']>[0]

/** Rows of a table that are somebody's own, by the column that says whose. */
type Holding = { name: string; title: string } & (InTable | { list: Lister })
type InTable = { table: string; column: string; without?: string[] }

/** What another person wrote is theirs. */
const OTHERS = [
  ...[
    'submissionKey',
    'bodyHtml',
    'askerId',
    'askerName',
    'body',
    'excerpt',
    'tried',
    'imaging',
    'ageBand',
    'duration',
    'closedById',
    'hiddenById',
  ],
]

/** All that is handed out: whatever somebody wrote, did or told, and what was kept of it. */
export const HOLDINGS: Holding[] = [
  { name: 'account', title: 'Your account', table: 'accounts', column: 'id' },
  {
    name: 'questions',
    title: 'Your questions',
    table: 'questions',
    column: 'askerId',
    without: ['submissionKey', 'bodyHtml'],
  },
  { name: 'marks', title: 'What our program took for urgent in what you wrote', list: listMarksOfOwn },
  {
    name: 'comments',
    title: 'What you added and replied',
    table: 'comments',
    column: 'authorId',
    without: ['submissionKey', 'bodyHtml'],
  },
  { name: 'drafts', title: 'Your drafts', table: 'drafts', column: 'accountId', without: ['key'] },
  { name: 'revisions', title: 'Earlier versions of what you wrote', list: listEarlier },
  { name: 'thanks', title: 'Answers you thanked for', table: 'thanks', column: 'accountId' },
  { name: 'outcomes', title: 'Whether answers helped you', table: 'outcomeRequests', column: 'accountId' },
  { name: 'notices', title: 'Answers you are told about', table: 'answerRecipients', column: 'accountId' },
  { name: 'consents', title: 'What you allowed, and in which words', list: listAllowed },
  { name: 'looks-at-yours', title: 'Who read what you asked in confidence', list: listLooksAtOwn },
  { name: 'reveals', title: 'When staff looked up that it was you who asked, and why', list: listRevealsOfOwn },
  { name: 'mails', title: 'Mail we sent you', table: 'outbox', column: 'accountId', without: ['text'] },
  { name: 'sessions', title: 'Where you are signed in', table: 'sessions', column: 'accountId', without: ['token'] },
  {
    name: 'passkeys',
    title: 'Your passkeys',
    table: 'passkeys',
    column: 'accountId',
    without: ['publicKey', 'credentialId'],
  },
  {
    name: 'harm-reports',
    title: 'Harm you reported',
    table: 'incidents',
    column: 'reporterId',
    without: ['submissionKey'],
  },
  {
    name: 'answers',
    title: 'Your answers',
    table: 'answers',
    column: 'expertId',
    without: ['submissionKey', 'bodyHtml'],
  },
  { name: 'countersigns', title: 'Answers you spoke to', table: 'countersigns', column: 'expertId' },
  { name: 'reviews', title: 'Answers you looked at again', table: 'answerReviews', column: 'expertId' },
  { name: 'recalls', title: 'Answers you took back or put right', table: 'recalls', column: 'byId' },
  {
    name: 'referrals',
    title: 'Questions you passed on',
    table: 'referrals',
    column: 'expertId',
    without: ['submissionKey'],
  },
  {
    name: 'referred-to-you',
    title: 'Questions passed on to you',
    table: 'referrals',
    column: 'toExpertId',
    without: ['submissionKey'],
  },
  { name: 'declines', title: 'Questions you declined', table: 'declines', column: 'expertId' },
  { name: 'routings', title: 'Questions put before you', table: 'questionRoutings', column: 'expertId' },
  { name: 'claims', title: 'Questions you are answering', table: 'questions', column: 'claimedById', without: OTHERS },
  {
    name: 'asked-of-you',
    title: 'Questions asked of you in confidence',
    table: 'questions',
    column: 'addresseeId',
    without: [...OTHERS, 'title', 'slug'],
  },
  { name: 'looks', title: 'Questions asked in confidence that you read', table: 'questionLooks', column: 'accountId' },
  { name: 'expert', title: 'You as an expert', table: 'experts', column: 'accountId', without: ['biographyHtml'] },
  { name: 'expert-categories', title: 'Where you may answer', table: 'expertCategories', column: 'expertId' },
  { name: 'credentials', title: 'What was checked about you', table: 'expertCredentials', column: 'expertId' },
  {
    name: 'applications',
    title: 'Your applications',
    table: 'applications',
    column: 'accountId',
    without: ['submissionKey'],
  },
  {
    name: 'application-messages',
    title: 'What you wrote about your applications',
    table: 'applicationMessages',
    column: 'authorId',
  },
  { name: 'staff-actions', title: 'What you did as staff', table: 'auditEvents', column: 'actorId' },
]

/** Columns that name an account and are not handed out, each with the reason. */
export const NOT_HANDED_OUT: Record<string, string> = {
  'credentials.accountId': 'the password, which is a secret even in the form we keep',
  'verifications.accountId': 'links that sign in, each good for an hour',
  'authenticators.accountId': 'the secret of an app that makes codes',
  'recoveryCodes.accountId': 'recovery codes, kept as hashes',
  'consents.accountId': 'handed out with the words they read (listAllowed)',
  'revisions.replacedById': 'handed out to whoever wrote it, not to whoever changed it (listEarlier)',
  'questions.hiddenById': 'stands among what they did as staff',
  'questions.closedById': 'stands among what they did as staff, or with their question',
  'answers.hiddenById': 'stands among what they did as staff',
  'comments.hiddenById': 'stands among what they did as staff',
  'experts.verifiedById': 'stands among what they did as staff',
  'expertCredentials.checkedById': 'stands among what they did as staff',
  'applications.decidedById': 'stands among what they did as staff',
  'incidents.decidedById': 'stands among what they did as staff',
  'safetyMarks.seenById': 'stands among what they did as staff',
  'safetyRules.editedById': 'stands among what they did as staff',
  'pages.changedById': 'stands among what they did as staff',
  'pageReviews.recordedById': 'stands among what they did as staff',
  'consentTexts.writtenById': 'stands among what they did as staff',
}

const AT_ONCE = PAGE_SIZE * 5

const TABLES = new Map(Object.entries(tables) as [string, Table][])

/** Page by page, so that no account is too large. */
export async function* rowsOf(db: Reader, holding: Holding, accountId: number) {
  const list = 'list' in holding ? holding.list : listOf(holding)
  for (let offset = 0; ; offset += AT_ONCE) {
    const rows = await list(db, accountId, { limit: AT_ONCE, offset })
    yield* rows
    if (rows.length < AT_ONCE) return
  }
}

function listOf({ table: name, column, without = [] }: InTable): Lister {
  const table = TABLES.get(name)!
  const columns = table as unknown as Record<string, Parameters<typeof eq>[0]>
  const order = (columns.id ?? columns.createdAt ?? columns[column]) as never
  return async (db, accountId, { limit, offset }) => {
    const rows: Record<string, unknown>[] = await db
      .select()
      .from(table)
      .where(eq(columns[column]!, accountId))
      .orderBy(order)
      .limit(limit)
      .offset(offset)
    return rows.map((row) => Object.fromEntries(Object.entries(row).filter(([key]) => !without.includes(key))))
  }
}
