import { parseArgs } from 'node:util'

export type Options = ReturnType<typeof readOptions>

/** What `npm run bench -- --runs 3 …` asks for. */
export function readOptions() {
  const { values } = parseArgs({
    options: {
      questions: { type: 'string', default: '100000' },
      runs: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '3' },
      connections: { type: 'string', default: '10' },
      write: { type: 'boolean', default: false },
    },
  })
  return {
    questions: whole('questions', values.questions, 100),
    runs: whole('runs', values.runs, 1),
    seconds: whole('seconds', values.seconds, 1),
    connections: whole('connections', values.connections, 1),
    /** Puts the figures into docs/performance.md. */
    write: values.write,
  }
}

function whole(name: string, text: string, least: number) {
  const number = Number(text)
  if (!Number.isInteger(number) || number < least)
    throw new Error(`--${name} is "${text}"; it takes a whole number from ${least} on.`)
  return number
}
