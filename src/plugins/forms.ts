import formbody from '@fastify/formbody'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { type FormErrors, formErrors } from '../lib/form-errors.ts'

// controls that print nothing (PostgreSQL refuses NUL), those that turn the direction of what follows, and blanks of no width
const UNSEEN = /(?![\n\t])\p{Cc}|[\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]/gu
/** More marks on one letter than any language puts there run over the lines around it. */
const STACKED = /(\p{M}{6})\p{M}+/gu
/** What better-auth takes for a mail address. The usual format lets others through, and they could never sign in. */
const MAIL_ADDRESS = /^(?:[\w'+-]+\.)*[\w'+-]*[\w+-]@(?:[a-z\d][a-z\d-]*\.)+[a-z]{2,}$/i

type Formats = { addFormat(name: string, pattern: RegExp): unknown }

export const addFormats = (ajv: Formats) => ajv.addFormat('email', MAIL_ADDRESS)

declare module 'fastify' {
  interface FastifyRequest {
    /** What is wrong with the posted form, by field; undefined where nothing is. For routes with `attachValidation`. */
    formErrors(): FormErrors | undefined
    /** What was typed, for showing the form again. */
    typed(): Record<string, string>
  }
}

/** Reads posted forms. Blanks around what was typed are nobody's intention, and a blank field counts as left out. */
export default fp(async (app: FastifyInstance) => {
  await app.register(formbody)

  app.addHook('preValidation', async (request) => {
    request.body = tidied(request.body)
    request.query = tidied(request.query)
  })

  app.decorateRequest('formErrors', function formErrorsOf(this: FastifyRequest) {
    const { validationError } = this
    if (!validationError) return undefined
    if (validationError.validationContext !== 'body') throw validationError
    return formErrors(this.page.t, validationError.validation)
  })

  app.decorateRequest('typed', function typedIn(this: FastifyRequest) {
    const fields = Object.entries((this.body ?? {}) as Record<string, unknown>)
    return Object.fromEntries(fields.filter((field): field is [string, string] => typeof field[1] === 'string'))
  })
})

export function tidied(fields: unknown) {
  if (typeof fields !== 'object' || fields === null) return fields ?? {}
  const tidy = Object.entries(fields).map(([name, value]) => [name, tidiedValue(name, value)])
  return Object.fromEntries(tidy.filter(([, value]) => value !== ''))
}

function tidiedValue(name: string, value: unknown) {
  if (typeof value !== 'string') return value
  const text = value.replace(/\r\n?/g, '\n').replace(UNSEEN, '').replace(STACKED, '$1')
  return /password/i.test(name) ? text : text.trim()
}
