import type { Crumb, Page } from '../plugins/views.ts'

export type Typed = { values: Record<string, string>; errors?: Record<string, string> }

declare module '../plugins/views.ts' {
  interface Views {
    'profiles/edit': Typed & { path: string; crumbs: Crumb[] }
  }
}

type Profile = {
  handle: string
  biography: string | null
  interests: string | null
  practice: string | null
  practiceUrl: string | null
}

export const profileValues = ({ biography, interests, practice, practiceUrl }: Profile) => ({
  biography: biography ?? '',
  interests: interests ?? '',
  practice: practice ?? '',
  practiceUrl: practiceUrl ?? '',
})

export const profilePage = ({ t }: Page, { handle }: Profile, typed: Typed) => ({
  ...typed,
  path: `/experts/${handle}`,
  crumbs: [
    { name: t('My account'), path: '/account' },
    { name: t('My page'), path: '/account/profile' },
  ],
})

/** A whole address of a web page; undefined where it is none. */
export function webAddress(typed: string) {
  const text = /^[a-z][a-z0-9+.-]*:/i.test(typed) ? typed : `https://${typed}`
  if (!URL.canParse(text)) return undefined
  const { protocol, hostname, username, href } = new URL(text)
  const isWeb = (protocol === 'https:' || protocol === 'http:') && hostname.includes('.') && username === ''
  return isWeb ? href : undefined
}
