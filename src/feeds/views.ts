import { escapeHtml } from '../lib/messages.ts'

type Address = { url: string; changedAt?: Date | null }

const PROLOGUE = '<?xml version="1.0" encoding="UTF-8"?>\n'
const SCHEMA = 'http://www.sitemaps.org/schemas/sitemap/0.9'

export const sitemap = (pages: Address[]) =>
  `${PROLOGUE}<urlset xmlns="${SCHEMA}">\n${pages.map((page) => entry('url', page)).join('')}</urlset>\n`

export const sitemapIndex = (files: Address[]) =>
  `${PROLOGUE}<sitemapindex xmlns="${SCHEMA}">\n${files.map((file) => entry('sitemap', file)).join('')}</sitemapindex>\n`

const entry = (tag: string, { url, changedAt }: Address) =>
  `<${tag}><loc>${escapeHtml(url)}</loc>${changedAt ? `<lastmod>${changedAt.toISOString()}</lastmod>` : ''}</${tag}>\n`

/** Forms and what belongs to one person are of no use to a search engine. */
export const robots = (sitemapUrl: string, basePath: string) =>
  [
    'User-agent: *',
    ...['/ask', '/account', '/admin', '/moderation', '/sign-in', '/sign-up', '/preview'].map(
      (path) => `Disallow: ${basePath}${path}`,
    ),
    '',
    `Sitemap: ${sitemapUrl}`,
    '',
  ].join('\n')
