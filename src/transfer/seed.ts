import { createAccount, findAccountByEmail } from '../accounts/queries.ts'
import { createAnswer } from '../answers/queries.ts'
import { findCategory, findMovedCategory } from '../categories/queries.ts'
import { createCategory } from '../categories/tree-queries.ts'
import { giveConsents } from '../consents/queries.ts'
import { answers, questions } from '../database/schema.ts'
import type { Database, Reader, Writer } from '../database/types.ts'
import { addCredential } from '../experts/credential-queries.ts'
import {
  createProfession,
  findProfessionByName,
  setExpertScope,
  setProfessionCategories,
} from '../experts/profession-queries.ts'
import { createExpert, findExpert } from '../experts/queries.ts'
import { renderMarkdown } from '../lib/markdown.ts'
import { addMonths } from '../lib/months.ts'
import { newPseudonym } from '../lib/pseudonyms.ts'
import { closeQuestion, createQuestion } from '../questions/queries.ts'
import { addClarifications, addWhatFollowed } from './discussions.ts'
import { exampleEmail, findSubmission } from './queries.ts'
import type { Seed } from './seed-files.ts'

type SeedCounts = { categories: number; people: number; questions: number; answers: number }
type SeedQuestion = Seed['questions'][number]
type SeedAnswer = SeedQuestion['answers'][number]

/** All of it is one write, on a slow machine too. */
const LONGEST_MS = 120_000
/** From the day they are loaded, lest the examples lapse before anybody looks at them. */
const CHECKED_FOR_MONTHS = 12

/**
 * Adds what is missing and leaves alone what is there, however people may have changed it: all of it or, if something
 * goes wrong, nothing.
 * @param onProgress told of each question, how many of how many
 */
export async function loadSeed(
  database: Database,
  seed: Seed,
  onProgress: (done: number, of: number) => void = () => {},
): Promise<SeedCounts> {
  return database.write(async (db) => {
    const counts: SeedCounts = { categories: 0, people: 0, questions: 0, answers: 0 }
    await addCategories(db, seed, counts)
    await addProfessions(db, seed)
    await addPeople(db, seed, counts)
    for (const [index, question] of seed.questions.entries()) {
      await addThread(db, { seed, question }, counts)
      onProgress(index + 1, seed.questions.length)
    }
    return counts
  }, LONGEST_MS)
}

async function addCategories(db: Writer, seed: Seed, counts: SeedCounts) {
  for (const { path, parentPath, guidance = null, ...texts } of seed.categories) {
    if (await findCategoryAt(db, path)) continue
    const parent = parentPath === undefined ? undefined : await findCategoryAt(db, parentPath)
    const guidanceHtml = guidance && renderMarkdown(guidance)
    await createCategory(db, { ...texts, guidance, guidanceHtml, parentId: parent?.id ?? null })
    counts.categories++
  }
}

/** Where it has been moved to, if it has. */
const findCategoryAt = async (db: Reader, path: string) =>
  (await findCategory(db, path)) ?? (await findMovedCategory(db, path))

async function addPeople(db: Writer, { experts, members }: Seed, counts: SeedCounts) {
  for (const { key, name } of members) {
    const account = await createAccount(db, { name, email: exampleEmail(key), isExample: true })
    if (!account) continue
    await giveConsents(db, { accountId: account.id, kinds: ['health-data', 'publication'], now: new Date() })
    counts.people++
  }
  for (const expert of experts) {
    if (await findExpert(db, expert.handle)) continue
    await addExpert(db, expert)
    counts.people++
  }
}

async function addExpert(
  db: Writer,
  { name, kind, categories = [], checked = [], ...expert }: Seed['experts'][number],
) {
  const email = exampleEmail(expert.handle)
  const account =
    (await createAccount(db, { name, email, role: 'expert', isExample: true })) ?? (await findAccountByEmail(db, email))
  if (!account || !(await createExpert(db, { ...expert, accountId: account.id, verifiedAt: new Date() }))) return
  const profession = kind ? await findProfessionByName(db, kind) : undefined
  const scope = { professionId: profession?.id ?? null, categoryIds: await idsAt(db, categories) }
  await setExpertScope(db, account.id, scope)
  for (const { on, register = null, ...registration } of checked) {
    const days = { checkedAt: new Date(on), checkAgainAt: addMonths(new Date(), CHECKED_FOR_MONTHS) }
    await addCredential(db, account.id, { ...registration, ...days, registerUrl: register })
  }
}

async function addProfessions(db: Writer, { professions }: Seed) {
  for (const { name, categories } of professions) {
    const created = await createProfession(db, name)
    if (created) await setProfessionCategories(db, created.id, await idsAt(db, categories))
  }
}

async function idsAt(db: Reader, paths: string[]) {
  const ids: number[] = []
  for (const path of paths) {
    const category = await findCategoryAt(db, path)
    if (category) ids.push(category.id)
  }
  return ids
}

type Thread = { seed: Seed; question: SeedQuestion }

async function addThread(db: Writer, { seed, question }: Thread, counts: SeedCounts) {
  const key = `seed:${question.slug}`
  const found = await findSubmission(db, questions, key)
  const id = found?.id ?? (await addQuestion(db, { seed, question, submissionKey: key }))
  if (!found) counts.questions++
  const asker = await findAccountByEmail(db, exampleEmail(question.asker))
  const talk = { questionId: id, key, discussion: question.discussion, askerId: asker?.id }
  if (!found) await addClarifications(db, talk)
  for (const answer of question.answers) if (await addAnswer(db, { id, key, answer })) counts.answers++
  if (!found) await addWhatFollowed(db, talk)
  if (!found && question.status === 'closed') await closeQuestion(db, id)
}

async function addQuestion(db: Writer, { seed, question, submissionKey }: Thread & { submissionKey: string }) {
  const { title, body, facts, named = false, askedAt: createdAt } = question
  const category = await findCategoryAt(db, question.category)
  const asker = await findAccountByEmail(db, exampleEmail(question.asker))
  const name = seed.members.find(({ key }) => key === question.asker)!.name
  const { id } = await createQuestion(db, {
    ...facts,
    title,
    body,
    categoryId: category!.id,
    askerId: asker?.id ?? null,
    askerName: named ? name : newPseudonym(),
    isPseudonym: !named,
    submissionKey,
    createdAt,
  })
  return id
}

async function addAnswer(db: Writer, { id, key, answer }: { id: number; key: string; answer: SeedAnswer }) {
  const submissionKey = `${key}/${answer.handle}`
  if (await findSubmission(db, answers, submissionKey)) return false
  const expert = await findExpert(db, answer.handle)
  if (!expert) return false
  const added = await createAnswer(db, {
    questionId: id,
    expertId: expert.accountId,
    expertName: expert.name,
    expertProfession: expert.profession,
    expertCredentials: expert.credentials,
    body: answer.body,
    submissionKey,
    createdAt: answer.answeredAt,
  })
  return added?.isNew ?? false
}
