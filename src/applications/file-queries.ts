import { and, asc, eq, inArray, lt } from 'drizzle-orm'
import { locked } from '../database/dialect.ts'
import { applicationFiles, applications } from '../database/schema.ts'
import type { Reader, Writer } from '../database/types.ts'
import { type Evidence, MOST_BYTES, MOST_FILES } from './evidence.ts'

/** Never with what is in them: that may be forty million bytes. */
const listed = {
  id: applicationFiles.id,
  name: applicationFiles.name,
  mediaType: applicationFiles.mediaType,
  size: applicationFiles.size,
}

export type ListedFile = Awaited<ReturnType<typeof listFiles>>[number]

export const listFiles = (db: Reader, applicationId: number) =>
  db
    .select(listed)
    .from(applicationFiles)
    .where(eq(applicationFiles.applicationId, applicationId))
    .orderBy(asc(applicationFiles.id))

export async function findFile(db: Reader, { applicationId, id }: { applicationId: number; id: number }) {
  const [file] = await db
    .select()
    .from(applicationFiles)
    .where(and(eq(applicationFiles.id, id), eq(applicationFiles.applicationId, applicationId)))
  return file
}

/** The same file twice is kept once. Returns those for which there was no room. */
export async function addFiles(db: Writer, applicationId: number, files: Evidence[]) {
  if (files.length === 0) return []
  await locked(db.select({ id: applications.id }).from(applications).where(eq(applications.id, applicationId)))
  const kept = await listFiles(db, applicationId)
  let room = { files: MOST_FILES - kept.length, bytes: MOST_BYTES - sum(kept.map(({ size }) => size)) }
  const left: Evidence[] = []
  for (const file of files) {
    if (await isKept(db, applicationId, file)) continue
    room = { files: room.files - 1, bytes: room.bytes - file.content.length }
    if (room.files < 0 || room.bytes < 0) left.push(file)
    else await db.insert(applicationFiles).values({ ...file, applicationId, size: file.content.length })
  }
  return left
}

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0)

async function isKept(db: Reader, applicationId: number, { name, content }: Evidence) {
  const [same] = await db
    .select({ id: applicationFiles.id })
    .from(applicationFiles)
    .where(
      and(
        eq(applicationFiles.applicationId, applicationId),
        eq(applicationFiles.name, name),
        eq(applicationFiles.size, content.length),
        eq(applicationFiles.content, content),
      ),
    )
  return same !== undefined
}

export async function deleteFiles(db: Writer, applicationId: number, ids: number[]) {
  await db
    .delete(applicationFiles)
    .where(and(eq(applicationFiles.applicationId, applicationId), inArray(applicationFiles.id, ids)))
}

/** Nobody needs what was decided upon before then. */
export async function deleteOldFiles(db: Writer, decidedBefore: Date) {
  const decided = db.select({ id: applications.id }).from(applications).where(lt(applications.decidedAt, decidedBefore))
  await db.delete(applicationFiles).where(inArray(applicationFiles.applicationId, decided))
}
