import { startOfDay } from '../lib/days.ts'
import { renderMarkdown } from '../lib/markdown.ts'
import { addMonths } from '../lib/months.ts'
import type { Crumb, Page } from '../plugins/views.ts'
import type { Review } from './queries.ts'
import { pagePath, SLUGS, type Slug, TEXTS, type Text } from './texts.ts'

type Listed = { title: string; path: string; isCurrent: boolean }

type Reviewed = Pick<Review, 'reviewerName' | 'reviewedAt'>

type InList = {
  title: string
  path: string
  editPath: string
  changedAt?: Date
  review?: Reviewed
  /** Nobody has read it since it was changed, or for long. */
  isDue: boolean
}

declare module '../plugins/views.ts' {
  interface Views {
    'trust/show': {
      title: string
      summary: string
      bodyHtml: string
      /** None: it is as it comes with the software. */
      changedAt?: Date
      review?: Reviewed
      others: Listed[]
      editPath?: string
      canonicalPath: string
      crumbs: Crumb[]
    }
    'trust/list': { texts: InList[]; crumbs: Crumb[] }
    'trust/edit': {
      title: string
      action: string
      path: string
      values: Record<string, string>
      errors?: Record<string, string>
      previewHtml?: string
      isChanged: boolean
      isOvertaken: boolean
      /** When it was last changed as its editor sees it. */
      basis: string
      review: { values: Record<string, string>; errors?: Record<string, string>; action: string }
      crumbs: Crumb[]
    }
  }
}

type Changed = { body: string; changedAt: Date }

type Standing = {
  changed?: Changed
  review?: Review
  /** What is true of this site beside the text. */
  note?: string
}

export function textPage(page: Page, text: Text, { changed, review, note = '' }: Standing) {
  const isAdministrator = page.viewer?.role === 'administrator'
  const title = page.t(text.title)
  return {
    title,
    summary: page.t(text.summary),
    bodyHtml: textHtml(page, `${changed?.body ?? text.body}\n\n${note}`),
    changedAt: changed?.changedAt,
    review,
    others: SLUGS.map((slug) => listed(page, slug, text.slug)),
    editPath: isAdministrator ? editPath(text.slug) : undefined,
    canonicalPath: pagePath(text.slug),
    crumbs: crumbsTo(page, text, title),
  }
}

/** Where a provider helps the search. */
export const searchNote = (t: Page['t']) =>
  `## ${t('Search by meaning')}\n\n${t('This site has help with its search from another company. What everybody can read here is sent there, and what you type into the search or begin to ask, without addresses, long numbers and the names you give. What you ask in confidence is never sent.')}`

const listed = ({ t }: Page, slug: Slug, current: Slug): Listed => ({
  title: t(TEXTS.get(slug)!.title),
  path: pagePath(slug),
  isCurrent: slug === current,
})

function crumbsTo({ t }: Page, { slug }: Text, title: string): Crumb[] {
  const about = { name: t(TEXTS.get('about')!.title), path: '/about' }
  return slug === 'about' ? [about] : [about, { name: title, path: pagePath(slug) }]
}

export const editPath = (slug: Slug) => `/admin/pages/${slug}/edit`

/** What stands in braces is filled in, and links of ours lead to where the site is. */
export function textHtml({ t, siteName, contact, absolute }: Page, body: string) {
  const filled = body
    .replaceAll('{siteName}', siteName)
    .replaceAll('{contact}', contact ? `[${t('Write to us')}](${contact.url})` : '')
    .replace(OWN_LINK, (_link, path: string) => `](${absolute(path)})`)
  return renderMarkdown(filled, 2).replaceAll(' rel="ugc nofollow noopener"', '')
}

const OWN_LINK = /\]\((\/[^\s)]*)\)/g

type Kept = { changed: { slug: string; changedAt: Date }[]; reviews: Review[]; reviewMonths: number; now: Date }

export const textList = ({ t }: Page, { changed, reviews, reviewMonths, now }: Kept) => ({
  texts: SLUGS.map((slug) => {
    const changedAt = changed.find((page) => page.slug === slug)?.changedAt
    const review = reviews.find((one) => one.slug === slug)
    const isOld = !review || addMonths(review.reviewedAt, reviewMonths) < now
    const isDue = isOld || (changedAt !== undefined && startOfDay(changedAt) > review.reviewedAt)
    return {
      title: t(TEXTS.get(slug)!.title),
      path: pagePath(slug),
      editPath: editPath(slug),
      changedAt,
      review,
      isDue,
    }
  }),
  crumbs: [{ name: t('Administration'), path: '/admin' }, { name: t('Texts about the site') }],
})

type Typed = { values?: Record<string, string>; errors?: Record<string, string> }
export type Editing = Typed & { isPreview?: boolean; isOvertaken?: boolean; review?: Typed }

export function textEdit(page: Page, text: Text, kept: Standing & { now: Date }, editing: Editing = {}) {
  const { t } = page
  const { changed, review, now } = kept
  const values = { body: changed?.body ?? text.body, ...editing.values }
  const action = `/admin/pages/${text.slug}`
  const last = { reviewerName: review?.reviewerName ?? '', reviewedOn: now.toISOString().slice(0, 10) }
  return {
    title: t(text.title),
    action,
    path: pagePath(text.slug),
    values,
    errors: editing.errors,
    previewHtml: editing.isPreview ? textHtml(page, values.body) : undefined,
    isChanged: changed !== undefined,
    isOvertaken: editing.isOvertaken ?? false,
    basis: changed ? String(changed.changedAt.getTime()) : '',
    review: {
      action: `${action}/review`,
      values: { ...last, ...editing.review?.values },
      errors: editing.review?.errors,
    },
    crumbs: [
      { name: t('Administration'), path: '/admin' },
      { name: t('Texts about the site'), path: '/admin/pages' },
      { name: t(text.title) },
    ],
  }
}
