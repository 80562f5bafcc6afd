import { renderMarkdown } from '../lib/markdown.ts'
import type { Crumb, Page } from '../plugins/views.ts'
import { pagePath, SLUGS, type Slug, TEXTS, type Text } from './texts.ts'

type Listed = { title: string; path: string; isCurrent: boolean }

declare module '../plugins/views.ts' {
  interface Views {
    'trust/show': {
      title: string
      summary: string
      bodyHtml: string
      /** None: it is as it comes with the software. */
      changedAt?: Date
      others: Listed[]
      editPath?: string
      canonicalPath: string
      crumbs: Crumb[]
    }
    'trust/list': { texts: { title: string; path: string; editPath: string; changedAt?: Date }[]; crumbs: Crumb[] }
    'trust/edit': {
      title: string
      action: string
      path: string
      values: Record<string, string>
      errors?: Record<string, string>
      previewHtml?: string
      isChanged: boolean
      crumbs: Crumb[]
    }
  }
}

type Changed = { body: string; changedAt: Date }

/** `note`: what is true of this site beside the text. */
export function textPage(page: Page, text: Text, changed: Changed | undefined, note = '') {
  const isAdministrator = page.viewer?.role === 'administrator'
  const title = page.t(text.title)
  return {
    title,
    summary: page.t(text.summary),
    bodyHtml: textHtml(page, `${changed?.body ?? text.body}\n\n${note}`),
    changedAt: changed?.changedAt,
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

type Pages = { slug: string; changedAt: Date }[]

export const textList = ({ t }: Page, changed: Pages) => ({
  texts: SLUGS.map((slug) => ({
    title: t(TEXTS.get(slug)!.title),
    path: pagePath(slug),
    editPath: editPath(slug),
    changedAt: changed.find((page) => page.slug === slug)?.changedAt,
  })),
  crumbs: [{ name: t('Administration'), path: '/admin' }, { name: t('Texts about the site') }],
})

type Editing = { values?: Record<string, string>; errors?: Record<string, string>; isPreview?: boolean }

export function textEdit(page: Page, text: Text, changed: Changed | undefined, editing: Editing = {}) {
  const { t } = page
  const values = { body: changed?.body ?? text.body, ...editing.values }
  return {
    title: t(text.title),
    action: `/admin/pages/${text.slug}`,
    path: pagePath(text.slug),
    values,
    errors: editing.errors,
    previewHtml: editing.isPreview ? textHtml(page, values.body) : undefined,
    isChanged: changed !== undefined,
    crumbs: [
      { name: t('Administration'), path: '/admin' },
      { name: t('Texts about the site'), path: '/admin/pages' },
      { name: t(text.title) },
    ],
  }
}
