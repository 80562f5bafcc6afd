import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Static, TSchema } from 'typebox'
import { parse } from 'yaml'
import {
  checked,
  SeedAnswer,
  SeedCategory,
  SeedDiscussion,
  SeedError,
  SeedExpert,
  SeedMember,
  SeedProfession,
  SeedQuestion,
  timeOf,
} from './seed-shapes.ts'

type Question = ReturnType<typeof questionIn>

export type Seed = {
  categories: Category[]
  professions: Static<typeof SeedProfession>[]
  experts: Static<typeof SeedExpert>[]
  members: Static<typeof SeedMember>[]
  questions: Question[]
}

/**
 * Everything in the folder, checked: categories each behind the one it is in, questions in the order they were asked.
 * @throws {SeedError}
 */
export function readSeed(folder: string): Seed {
  const file = join(folder, 'categories.yaml')
  const categories = listIn(file).flatMap((entry, index) => flattened({ entry, file, trail: `${index + 1}` }))
  const professionsFile = join(folder, 'professions.yaml')
  const professions = existsSync(professionsFile) ? entriesOf(professionsFile, SeedProfession) : []
  const experts = entriesOf(join(folder, 'experts.yaml'), SeedExpert)
  const members = entriesOf(join(folder, 'members.yaml'), SeedMember)
  const questions = globSync(join(folder, 'questions/*/')).sort().map(questionIn)
  const seed = {
    categories,
    professions,
    experts,
    members,
    questions: questions.sort((a, b) => +a.askedAt - +b.askedAt),
  }
  assertEachOnce(folder, seed)
  assertLinked(seed)
  assertScoped(folder, seed)
  return seed
}

type Entry = { entry: unknown; file: string; trail: string; parentPath?: string }
type Category = Omit<Static<typeof SeedCategory>, 'children'> & { path: string; parentPath?: string }

function flattened({ entry, file, trail, parentPath }: Entry): Category[] {
  const { children = [], ...category } = checked(SeedCategory, entry, { file, where: `entry ${trail}` })
  const path = parentPath ? `${parentPath}/${category.slug}` : category.slug
  const below = children.flatMap((child, index) =>
    flattened({ entry: child, file, trail: `${trail}.${index + 1}`, parentPath: path }),
  )
  return [{ ...category, path, parentPath }, ...below]
}

const entriesOf = <Shape extends TSchema>(file: string, shape: Shape) =>
  listIn(file).map((entry, index) => checked(shape, entry, { file, where: `entry ${index + 1}` }))

function listIn(file: string) {
  const list = parsed(file, read(file))
  if (!Array.isArray(list)) throw new SeedError(file, 'it takes a list, with a dash before each entry.')
  return list as unknown[]
}

const NO_DISCUSSION: Static<typeof SeedDiscussion> = {}

function questionIn(folder: string) {
  const file = join(folder, 'question.md')
  const { fields, body } = parts(file)
  const { asked, ...question } = checked(SeedQuestion, fields, { file })
  const answers = globSync(join(folder, 'answer.*.md')).sort().map(answerIn)
  const talk = join(folder, 'discussion.yaml')
  return {
    ...question,
    file,
    slug: basename(folder),
    body,
    askedAt: timeOf(asked, { file, field: 'asked' }),
    answers: answers.sort((a, b) => +a.answeredAt - +b.answeredAt),
    discussion: existsSync(talk) ? checked(SeedDiscussion, parsed(talk, read(talk)), { file: talk }) : NO_DISCUSSION,
  }
}

function answerIn(file: string) {
  const { fields, body } = parts(file)
  const { answered } = checked(SeedAnswer, fields, { file })
  const handle = basename(file, '.md').slice('answer.'.length)
  return { file, handle, body, answeredAt: timeOf(answered, { file, field: 'answered' }) }
}

const FIELDS_AND_TEXT = /^---\n(.*?)^---\n(.*)$/ms

function parts(file: string) {
  const [, fields, body = ''] = FIELDS_AND_TEXT.exec(read(file)) ?? []
  if (fields === undefined) throw new SeedError(file, 'it does not begin with fields between two lines of ---.')
  if (!body.trim()) throw new SeedError(file, 'there is no text below the fields.')
  return { fields: parsed(file, fields), body: body.trim() }
}

function read(file: string) {
  if (!existsSync(file)) throw new SeedError(file, 'this file is missing.')
  return readFileSync(file, 'utf8').replaceAll('\r\n', '\n')
}

function parsed(file: string, text: string): unknown {
  try {
    return parse(text)
  } catch (error) {
    throw new SeedError(file, (error as Error).message.split('\n')[0]!)
  }
}

function assertEachOnce(folder: string, { categories, professions, experts, members }: Seed) {
  const names: Record<string, string[]> = {
    'categories.yaml': categories.map(({ path }) => path),
    'professions.yaml': professions.map(({ name }) => name),
    'experts.yaml': experts.map(({ handle }) => handle),
    'members.yaml': members.map(({ key }) => key),
  }
  for (const [file, all] of Object.entries(names)) {
    const twice = all.find((name, index) => all.indexOf(name) !== index)
    if (twice) throw new SeedError(join(folder, file), `${twice} is there twice.`)
  }
}

function assertScoped(folder: string, { categories, professions, experts }: Seed) {
  const paths = new Set(categories.map(({ path }) => path))
  const names = new Set(professions.map(({ name }) => name))
  const lists = [
    ...professions.map((profession) => ({ ...profession, file: 'professions.yaml' })),
    ...experts.map((expert) => ({ ...expert, file: 'experts.yaml' })),
  ]
  for (const { name, categories: scope = [], file } of lists)
    for (const path of scope)
      if (!paths.has(path)) throw new SeedError(join(folder, file), `${name}: categories.yaml has no path "${path}".`)
  for (const { name, kind } of experts)
    if (kind && !names.has(kind))
      throw new SeedError(join(folder, 'experts.yaml'), `${name}: professions.yaml has no name "${kind}".`)
}

function assertLinked({ categories, experts, members, questions }: Seed) {
  const paths = new Set(categories.map(({ path }) => path))
  const handles = new Set(experts.map(({ handle }) => handle))
  const keys = new Set(members.map(({ key }) => key))
  for (const { file, category, asker, askedAt, status, answers, discussion } of questions) {
    assertKnown(file, discussion, new Set(['asker', ...handles, ...keys]))
    if (!paths.has(category)) throw new SeedError(file, `category is "${category}"; categories.yaml has no such path.`)
    if (!keys.has(asker)) throw new SeedError(file, `asker is "${asker}"; members.yaml has no such key.`)
    if (status && answers.length === 0)
      throw new SeedError(file, 'status is "closed"; only an answered question may be.')
    for (const answer of answers) {
      if (!handles.has(answer.handle))
        throw new SeedError(answer.file, `experts.yaml has no handle "${answer.handle}".`)
      if (answer.answeredAt <= askedAt) throw new SeedError(answer.file, 'answered is before the question was asked.')
    }
  }
}

function assertKnown(file: string, discussion: Question['discussion'], names: Set<string>) {
  const { clarifications = [], followUps = [], countersigns = [], thanks = [], accepted } = discussion
  const named = [
    ...clarifications.map(({ by }) => by),
    ...followUps.flatMap(({ to, by }) => [to, by]),
    ...countersigns.flatMap(({ on, by }) => [on, by]),
    ...thanks.flatMap(({ for: answer, by }) => [answer, by]),
    ...(accepted ? [accepted.answer] : []),
  ]
  const unknown = named.find((name) => !names.has(name))
  if (unknown)
    throw new SeedError(file, `discussion.yaml speaks of "${unknown}", who is neither an expert nor a member.`)
}
