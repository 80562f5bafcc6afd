import type { Translator } from './messages.ts'

type ValidationError = { keyword: string; instancePath: string; params: Record<string, unknown> }

/** At least one letter or digit: a title of blanks would be a link that nobody sees. */
export const VISIBLE = '[\\p{L}\\p{N}]'

/** What a person is told, by field. */
export type FormErrors = Record<string, string>

/** @param validation what Ajv found, as Fastify hands it over */
export function formErrors(t: Translator['t'], validation: ValidationError[] = []): FormErrors {
  const errors: FormErrors = {}
  for (const { keyword, instancePath, params } of validation) {
    const field = instancePath.slice(1) || String(params.missingProperty ?? 'form')
    errors[field] ??= sentence(t, keyword, params)
  }
  return errors
}

function sentence(t: Translator['t'], keyword: string, params: Record<string, unknown>) {
  const limit = Number(params.limit)
  if (keyword === 'required' || (keyword === 'minLength' && limit === 1)) return t('Please fill this in.')
  if (keyword === 'minLength') return t('Please write at least {limit, number} characters.', { limit })
  if (keyword === 'maxLength') return t('Please keep this to {limit, number} characters.', { limit })
  if (keyword === 'enum' || keyword === 'const' || keyword === 'anyOf') return t('Please choose one of the list.')
  if (keyword === 'pattern' && params.pattern === VISIBLE) return t('Please write this in letters.')
  if (keyword === 'format' && params.format === 'email')
    return t('Please write an e-mail address, such as name@example.org.')
  return t('This cannot be read. Please check it.')
}
