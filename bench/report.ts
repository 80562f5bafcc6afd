import { availableParallelism } from 'node:os'
import process from 'node:process'
import type { measureAsking } from './asking.ts'
import type { Result } from './interleaved.ts'
import type { measureQuestions } from './list-pages.ts'
import type { Sample } from './load.ts'
import type { Options } from './options.ts'
import type { Usage } from './probe.ts'
import type { measureQuestionPage } from './question-page.ts'

type Measured<Measure extends (...given: never[]) => unknown> = Awaited<ReturnType<Measure>>

type Figures = {
  plain: Measured<typeof measureQuestionPage>
  compressed: Measured<typeof measureQuestionPage>
  questions: Measured<typeof measureQuestions>
  rootCategory: Measured<typeof measureQuestions>
  asking: Measured<typeof measureAsking>
  memory: Record<'afterStart' | 'afterReading' | 'afterWriting', Usage>
  startMs: number
}

type Labels = Partial<Record<keyof Sample, string>>

const REQUESTS: Labels = { perSecond: 'requests a second', p50: 'p50, ms', p99: 'p99, ms', cpu: 'CPU a request, ms' }
/** One waits in a queue and the other is alone, so how long each takes is not compared. */
const QUESTIONS: Labels = { perSecond: 'questions a second', cpu: 'CPU a question, ms' }

const format = new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 3 })
const wholeFormat = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 })

/** Markdown: how it was measured, and every median with the least and the most of its runs. */
export const report = (figures: Figures, options: Options) =>
  [
    conditions(options),
    ...[figures.plain, figures.compressed].flatMap(({ forum, bare, bytes, encoding }) => [
      `### Question page, ${encoding === 'none' ? 'not compressed' : `compressed (${encoding})`}: ${number(bytes)} bytes`,
      table(['Forum', forum], ['Bare `node:http`', bare]),
    ]),
    '### Posting a question',
    table(['Forum', figures.asking.forum], ['better-sqlite3 alone', figures.asking.raw], QUESTIONS),
    ...deepPages('All questions', figures.questions),
    ...deepPages('The category that holds them all', figures.rootCategory),
    '### Start and memory',
    memoryTable(figures),
  ].join('\n\n')

const conditions = ({ questions, runs, seconds, connections }: Options) =>
  `${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${availableParallelism()} cores, ` +
  `${number(questions)} questions, ${runs} × ${seconds} s, ${connections} connections. Medians, with the least and the most.`

const deepPages = (what: string, { deep, first, page }: Figures['questions']) => [
  `### ${what}, page ${number(page)}`,
  table([`Page ${number(page)}`, deep], ['Page 1', first]),
]

type Column = [name: string, result: Result]

function table([name, result]: Column, [otherName, other]: Column, labels = REQUESTS) {
  const rows = Object.entries(labels).map(([measure, label]) => {
    const [mine, theirs] = [result[measure as keyof Sample], other[measure as keyof Sample]]
    return [label, spread(mine), spread(theirs), format.format(mine.median / theirs.median)]
  })
  return markdownTable(['', name, otherName, 'Ratio'], rows)
}

const memoryTable = ({ startMs, memory: { afterStart, afterReading, afterWriting } }: Figures) =>
  markdownTable(
    ['', 'Forum'],
    [
      ['start till it listens, ms', number(startMs)],
      ['memory (RSS) after the start, MB', number(afterStart.rssMb)],
      ['after reading under load, MB', number(afterReading.rssMb)],
      ['after writing under load, MB', number(afterWriting.rssMb)],
      ['at its highest, MB', number(afterWriting.peakMb)],
    ],
  )

const markdownTable = (head: string[], rows: string[][]) =>
  [head, head.map((_, index) => (index === 0 ? '---' : '--:')), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n')

const spread = ({ median, least, most }: Result['cpu']) => `${number(median)} (${number(least)} to ${number(most)})`

const number = (value: number) => (value >= 100 ? wholeFormat : format).format(value)
