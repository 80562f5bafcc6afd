import type {} from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { tidied } from '../plugins/forms.ts'
import { type Evidence, examined, LARGEST_FILE, MOST_FILES, type Refusal } from './evidence.ts'

/** What came with a form: files that are good, and why others are not. */
export type Uploads = { files: Evidence[]; refused: { name: string; why: Refusal | 'too-many' }[] }

declare module 'fastify' {
  interface FastifyRequest {
    uploads: Uploads
  }
}

/** Every category may be ticked, and each is a field. */
const LIMITS = { fields: 5_000, fieldSize: 64 * 1024, files: 30, fileSize: LARGEST_FILE, parts: 5_030 }
const OVERFLOWS = ['FST_PARTS_LIMIT', 'FST_FILES_LIMIT', 'FST_FIELDS_LIMIT']

/**
 * Reads a form with files before it is validated. Files are examined one by one as they come in; a stranger's are let
 * go unread.
 */
export async function readForm(request: FastifyRequest) {
  request.uploads = { files: [], refused: [] }
  if (!request.isMultipart()) return
  const fields = new Map<string, string[]>()
  try {
    for await (const part of request.parts({ limits: LIMITS }))
      if (part.type === 'file') await readFile(request, part)
      else fields.set(part.fieldname, [...(fields.get(part.fieldname) ?? []), String(part.value)])
  } catch (error) {
    if (!OVERFLOWS.includes((error as { code?: string }).code ?? '')) throw error
    request.uploads.refused.push({ name: '', why: 'too-many' })
  }
  const body = [...fields].map(([name, values]) => [name, values.length > 1 ? values : values[0]])
  request.body = tidied(Object.fromEntries(body))
}

type FilePart = { filename: string; file: AsyncIterable<unknown> & { truncated: boolean }; toBuffer(): Promise<Buffer> }

async function readFile({ viewer, uploads }: FastifyRequest, part: FilePart) {
  const { filename: name } = part
  if (!viewer || uploads.files.length >= MOST_FILES) {
    for await (const _chunk of part.file);
    if (viewer && name) uploads.refused.push({ name, why: 'too-many' })
    return
  }
  const content = await part.toBuffer()
  if (!name && content.length === 0) return // a field without a file in it
  const found = part.file.truncated ? 'too-large' : await examined(name, content)
  if (typeof found === 'string') uploads.refused.push({ name, why: found })
  else uploads.files.push(found)
}
