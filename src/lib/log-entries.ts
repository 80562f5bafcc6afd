type Asked = { method: string; url: string; id: string; params?: unknown; routeOptions?: { url?: string } }

/**
 * What the log says of a request: its address as the program knows it, with numbers alone filled in. What else stands in an
 * address is a title, a key or what somebody typed, and a query string holds drafts' keys and words people searched for.
 */
export const loggedRequest = ({ id, method, params, routeOptions }: Asked) => ({
  id,
  method,
  path: filledIn(routeOptions?.url, (params ?? {}) as Record<string, unknown>),
})

const filledIn = (pattern: string | undefined, params: Record<string, unknown>) =>
  pattern?.replace(/:(\w+)/g, (whole, name) => (/^\d+$/.test(String(params[name])) ? String(params[name]) : whole)) ??
  '(no such address)'

type Failure = { name: string; message: string; stack?: string; code?: unknown; cause?: unknown }
type LoggedFailure = { type: string; code?: unknown; message: string; stack: string; cause?: LoggedFailure }

/** A query that failed says with which values, and those are what people wrote. */
export const loggedError = ({ name, message, stack = '', code, cause }: Failure): LoggedFailure => ({
  type: name,
  code,
  message: withoutValues(message),
  stack: withoutValues(stack),
  ...(cause instanceof Error ? { cause: loggedError(cause) } : {}),
})

/** The same of the sentence that stands before it. */
export function titled(entry: unknown[]) {
  const [first, ...rest] = entry
  const error = first instanceof Error ? first : (first as { err?: unknown } | undefined)?.err
  if (!(error instanceof Error) || rest.length > 0) return entry
  return [first === error ? { err: error } : first, withoutValues(error.message)]
}

const withoutValues = (text: string) => text.replace(/\nparams: [\s\S]*?(?=\n {4}at .*(?:file|node):|$)/g, '')
