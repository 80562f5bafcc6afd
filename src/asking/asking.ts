import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Question } from '../questions/queries.ts'
import type { Found } from '../safety/book.ts'

/** What somebody sends off, on its way to becoming a question. */
export type Asking = {
  request: FastifyRequest
  reply: FastifyReply
  /** Where its form posts to. */
  action: string
  /** What was typed. */
  values: Record<string, string>
  key: string
  /** A program sends no key, and cannot look at a page. */
  isFromForm: boolean
  /** Counts this as posted; the seconds to wait first, mostly none. */
  countPost: () => Promise<number>
  /** The question that is edited. */
  question?: Question
  /** What they want instead of posting it. */
  wish?: 'preview' | 'draft'
  /** It is kept as a draft. */
  isKept?: boolean
  /** It cannot be posted as it is. */
  isUnfinished?: boolean
  /** Whoever is not signed in has said that they are old enough. */
  isOfAge?: boolean
  /** What may be urgent in it; set by the first step. */
  found?: Found[]
}
