import { isModerator } from '../accounts/policy.ts'
import { compareTexts } from '../lib/differences.ts'
import type { Crumb, Page } from '../plugins/views.ts'
import type { Question } from '../questions/queries.ts'
import { questionPath } from '../questions/views.ts'
import type { listRevisions } from './queries.ts'

type Difference = ReturnType<typeof compareTexts>
export type Revision = Awaited<ReturnType<typeof listRevisions>>[number]
type Version = Pick<Revision, 'title' | 'body' | 'writtenAt'>

export type Change = {
  changedAt: Date
  title?: Difference
  body: Difference
}

type ShownChange = Change & {
  isByStaff: boolean
  /** The version before it, where whoever looks may remove that. */
  removableId?: number
}

declare module '../plugins/views.ts' {
  interface Views {
    'revisions/show': {
      heading: string
      /** Only its asker and staff see this page. */
      isPrivate: boolean
      changes: ShownChange[]
      crumbs: Crumb[]
      backPath: string
    }
    'revisions/_difference': { difference: Difference }
  }
}

type Changes = { question: Question; heading: string; current: Version; backPath: string }

export function revisionsPage(page: Page, { question, heading, current, backPath }: Changes, earlier: Revision[]) {
  const isOfQuestion = current.title !== null
  const canRemove = isModerator(page.viewer)
  const changes = earlier.map((revision, index) => ({
    ...changeBetween(revision, earlier[index + 1] ?? current),
    isByStaff: isOfQuestion && revision.replacedById !== null && revision.replacedById !== question.askerId,
    removableId: canRemove ? revision.id : undefined,
  }))
  return {
    heading,
    isPrivate: isOfQuestion,
    changes: changes.reverse(),
    backPath,
    crumbs: [{ name: question.title, path: questionPath(question) }, { name: heading }],
  }
}

/** How a question came to say what it says now, the last change first. */
export const changesTo = ({ title, body, editedAt }: Question, earlier: Revision[]): Change[] =>
  earlier
    .map((revision, index) => changeBetween(revision, earlier[index + 1] ?? { title, body, writtenAt: editedAt! }))
    .reverse()

const changeBetween = (before: Version, after: Version) => ({
  changedAt: after.writtenAt,
  title: after.title === before.title ? undefined : compareTexts(before.title ?? '', after.title ?? ''),
  body: compareTexts(before.body, after.body),
})
