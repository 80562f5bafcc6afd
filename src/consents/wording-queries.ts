import { asc, count, desc, eq, sql } from 'drizzle-orm'
import { accounts, consents, consentTexts } from '../database/schema.ts'
import type { Reader, Writer } from '../database/types.ts'
import { CONSENTS, type ConsentKind, KINDS, type Words } from './texts.ts'
import { joined, presentWording, type Wording } from './wordings.ts'

export type Wordings = Record<ConsentKind, Wording>

/** The wording of each that holds now. */
export async function findWordings(db: Reader): Promise<Wordings> {
  const rows = await db.select().from(consentTexts).orderBy(asc(consentTexts.version))
  const last = new Map(rows.map((row) => [row.kind, row]))
  return Object.fromEntries(KINDS.map((kind) => [kind, presentWording(kind, last.get(kind))])) as Wordings
}

/** From then on it is among those that people have read. */
export const keepWording = (db: Writer, { kind, version, ...words }: Wording) =>
  db
    .insert(consentTexts)
    .values({ kind, version, text: joined(words) })
    .onConflictDoNothing()

/** None of `words`: those that come with the program. `basis`: the version its writer saw. */
type Change = { kind: ConsentKind; words?: Words; basis: number; writtenById: number; now: Date }

/** The version it has; undefined: somebody else was quicker. What was agreed to before stays as it was read. */
export async function changeWording(db: Writer, { kind, words, basis, writtenById, now }: Change) {
  const present = (await findWordings(db))[kind]
  if (present.version !== basis) return undefined
  await keepWording(db, present)
  const { wordings } = CONSENTS[kind]
  const text = joined(words ?? wordings.at(-1)!)
  const written = { writtenAfter: words ? wordings.length : null, writtenById, createdAt: now }
  const [changed] = await db
    .insert(consentTexts)
    .values({ kind, version: basis + 1, text, ...written })
    .onConflictDoNothing()
    .returning({ version: consentTexts.version })
  return changed?.version
}

export type Version = Awaited<ReturnType<typeof listVersions>>[number]

/** Every wording of one that was kept, the newest first, and who wrote it. */
export const listVersions = (db: Reader, kind: ConsentKind) =>
  db
    .select({
      version: consentTexts.version,
      text: consentTexts.text,
      writtenAfter: consentTexts.writtenAfter,
      writerName: accounts.name,
      createdAt: consentTexts.createdAt,
    })
    .from(consentTexts)
    .leftJoin(accounts, eq(accounts.id, consentTexts.writtenById))
    .where(eq(consentTexts.kind, kind))
    .orderBy(desc(consentTexts.version))

/** When each wording was kept first. */
export const listBeginnings = (db: Reader) =>
  db
    .select({
      kind: consentTexts.kind,
      version: consentTexts.version,
      writtenAfter: consentTexts.writtenAfter,
      createdAt: consentTexts.createdAt,
    })
    .from(consentTexts)

export type YesCount = { kind: ConsentKind; version: number; given: number; standing: number }

/** How many said yes to each wording, and how many of them have not taken it back. */
export const countYeses = (db: Reader, kind?: ConsentKind): Promise<YesCount[]> =>
  db
    .select({
      kind: consents.kind,
      version: consents.version,
      given: count(),
      standing: count(sql`case when ${consents.withdrawnAt} is null then 1 end`),
    })
    .from(consents)
    .where(kind && eq(consents.kind, kind))
    .groupBy(consents.kind, consents.version)
