import { compareTexts } from '../lib/differences.ts'
import type { Crumb } from '../plugins/views.ts'
import type { listRevisions } from './queries.ts'

type Difference = ReturnType<typeof compareTexts>

declare module '../plugins/views.ts' {
  interface Views {
    'revisions/show': {
      heading: string
      changes: { changedAt: Date; title?: Difference; body: Difference }[]
      crumbs: Crumb[]
      backPath: string
    }
    'revisions/_difference': { difference: Difference }
  }
}

type Version = Pick<Awaited<ReturnType<typeof listRevisions>>[number], 'title' | 'body' | 'writtenAt'>

/** What each version changed of the one before it, the newest change first. */
export function changesBetween(versions: Version[]) {
  const changes = versions.slice(1).map((version, index) => {
    const before = versions[index]!
    return {
      changedAt: version.writtenAt,
      title: version.title === before.title ? undefined : compareTexts(before.title ?? '', version.title ?? ''),
      body: compareTexts(before.body, version.body),
    }
  })
  return changes.reverse()
}
