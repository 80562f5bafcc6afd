import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'

export type SearchOptions = ReturnType<typeof readSearchOptions>

/** What `npm run bench:search -- --corpus FILE …` asks for. */
export function readSearchOptions() {
  const { values } = parseArgs({
    options: {
      corpus: { type: 'string' },
      queries: { type: 'string' },
      qrels: { type: 'string' },
      form: { type: 'string', default: 'original' },
      engine: { type: 'string', default: 'sqlite' },
      'run-out': { type: 'string' },
      keep: { type: 'string' },
      limit: { type: 'string', default: '50' },
    },
  })
  return {
    corpus: file('corpus', values.corpus),
    queries: file('queries', values.queries),
    qrels: file('qrels', values.qrels),
    form: oneOf('form', values.form, ['original', 'summary'] as const),
    engine: oneOf('engine', values.engine, ['sqlite', 'postgres'] as const),
    runOut: values['run-out'],
    /** A folder for the forum that is built; it is used again the next time. */
    keep: values.keep,
    limit: Number(values.limit),
  }
}

function file(name: string, path: string | undefined) {
  if (!path) throw new Error(`--${name} is missing; it takes a file.`)
  if (!existsSync(path)) throw new Error(`--${name} is "${path}"; there is no such file.`)
  return path
}

function oneOf<Choice extends string>(name: string, value: string, choices: readonly Choice[]): Choice {
  const choice = choices.find((known) => known === value)
  if (!choice) throw new Error(`--${name} is "${value}"; it takes ${choices.join(' or ')}.`)
  return choice
}
