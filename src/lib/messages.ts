import { IntlMessageFormat } from 'intl-messageformat'

type Value = string | number | Date | boolean | null | undefined
type Values = Record<string, Value>
type Tag = (text: string) => string
/** English text → translation. A short text that means different things has its context behind U+0004, as in gettext. */
type Messages = Record<string, string>

export type Translator = ReturnType<typeof createTranslator>

/** Sentences in one language: ICU message syntax, the English text itself as key. */
export function createTranslator(locale: string, messages: Messages = {}) {
  const plain = new Map<string, IntlMessageFormat>()
  const tagged = new Map<string, IntlMessageFormat>()

  /** Plain text: whoever prints it into HTML escapes it. */
  function t(english: string, values?: Values, context?: string): string {
    const message = messages[context ? `${english}\u0004${context}` : english] ?? english
    if (!message.includes('{')) return message
    return String(compile(plain, message, true).format(values))
  }

  /** HTML: values are escaped, `<tag>…</tag>` in the message is handed to the function of that name. */
  function tHtml(english: string, values: Record<string, Value | Tag>): string {
    const message = messages[english] ?? english
    const safe = Object.entries(values).map(([name, value]) => [name, escapeValue(value)])
    const parts = compile(tagged, message, false).format(Object.fromEntries(safe))
    return Array.isArray(parts) ? parts.join('') : String(parts)
  }

  function compile(cache: Map<string, IntlMessageFormat>, message: string, ignoreTag: boolean) {
    const known = cache.get(message)
    if (known) return known
    const made = new IntlMessageFormat(message, locale, undefined, { ignoreTag })
    cache.set(message, made)
    return made
  }

  return { t, tHtml }
}

function escapeValue(value: Value | Tag) {
  if (typeof value === 'function') return (chunks: string[]) => value(chunks.join(''))
  return typeof value === 'string' ? escapeHtml(value) : value
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

export const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (character) => ENTITIES[character]!)
