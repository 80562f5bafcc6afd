import type { Crumb } from '../plugins/views.ts'
import type { findAskerAccount, listEventsAbout, listWaiting } from './queries.ts'

type Event = Awaited<ReturnType<typeof listEventsAbout>>[number]

declare module '../plugins/views.ts' {
  interface Views {
    'moderation/home': { waiting: Awaited<ReturnType<typeof listWaiting>> }
    'moderation/asker': {
      question: { id: number; title: string; askerName: string }
      questionPath: string
      crumbs: Crumb[]
      /** Only once a reason has been given. */
      asker?: Awaited<ReturnType<typeof findAskerAccount>>
      events: Event[]
      values: Record<string, string>
      errors?: Record<string, string>
    }
  }
}
