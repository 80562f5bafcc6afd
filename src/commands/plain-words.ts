type Failure = Error & { code?: string; port?: number; address?: string; path?: string; cause?: unknown }

const placeOf = ({ path, address, message }: Failure) => path ?? address ?? message

const WORDS: Record<string, (failure: Failure) => string> = {
  EADDRINUSE: ({ port }) => `Port ${port} is in use already: stop what runs there, or set PORT to another number.`,
  EACCES: (failure) =>
    failure.port === undefined
      ? `You may not use ${placeOf(failure)}.`
      : `Port ${failure.port} is not yours to open: set PORT to another.`,
  EISDIR: (failure) => `${placeOf(failure)} is a folder, not a file.`,
  ENOENT: (failure) => `There is no file or folder ${placeOf(failure)}.`,
  EADDRNOTAVAIL: ({ address }) => `HOST is "${address}"; this machine has no such address.`,
  SQLITE_CANTOPEN: () => 'The database file cannot be opened: does its folder exist, and may you write there?',
  SQLITE_READONLY: () => 'The database file cannot be written to.',
  SQLITE_NOTADB: () => 'The database file is not a database.',
}

const CLAUSES: [RegExp, string][] = [
  [/^connect ECONNREFUSED (\S+)/, 'Nothing answers at $1.'],
  [/^getaddrinfo \w+ (\S+)/, 'No machine is known by the name $1.'],
]

/** What went wrong, in one line. */
export function inPlainWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error instanceof AggregateError && error.errors.length > 0) return inPlainWords(error.errors[0])
  const { code, cause } = error as Failure
  const words = WORDS[code ?? '']
  if (words) return words(error)
  if (cause instanceof Error) return inPlainWords(cause) // a query's error repeats the query, and what was in it
  return CLAUSES.reduce((text, [pattern, plain]) => text.replace(pattern, plain), error.message.split('\n')[0]!)
}
