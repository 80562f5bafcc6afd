import { cursorOf, PAGE_SIZE } from '../src/lib/paging.ts'
import { interleaved } from './interleaved.ts'
import { sampleLoad } from './load.ts'
import type { Stage } from './stage.ts'

const DEEP = 5000

type List = {
  path: string
  /** Where its rows stand, as SQL, in the order of the list. */
  positions: string
}

export const measureQuestions = (stage: Stage) =>
  measureList(stage, {
    path: '/questions',
    positions: 'select created_at as at, id from questions order by created_at desc, id desc',
  })

export const measureRootCategory = (stage: Stage) =>
  measureList(stage, {
    path: `/categories/${stage.filled.root.path}`,
    positions: `select created_at as at, question_id as id from category_questions
      where category_id = ${stage.filled.root.id} order by created_at desc, question_id desc`,
  })

/** A page far behind against the first. */
async function measureList(stage: Stage, { path, positions }: List) {
  const { forum, options } = stage
  const page = Math.min(DEEP, Math.floor(options.questions / PAGE_SIZE))
  const [last] = stage.read<{ at: number; id: number }>(`${positions} limit 1 offset ${(page - 1) * PAGE_SIZE - 1}`)
  const cursor = cursorOf({ at: new Date(last!.at), id: last!.id })
  const target = (path: string) => (seconds: number) => {
    const requests = () => [{ method: 'GET' as const, path }]
    return sampleLoad({ subject: forum, requests, status: 200, connections: options.connections, seconds })
  }
  const targets = { deep: target(`${path}?after=${cursor}`), first: target(path) }
  return { ...(await interleaved(targets, stage.rounds(`${path}, page ${page}`))), page }
}
