import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'

/** The pages about the site, in the order of the list of them. */
export const SLUGS = ['about', 'experts', 'checking', 'limits', 'privacy', 'funding'] as const
export type Slug = (typeof SLUGS)[number]

export type Text = { slug: Slug; title: string; summary: string; body: string }

const folder = join(import.meta.dirname, '../../seed/pages')

/** As they come with the software. */
export const TEXTS = new Map(SLUGS.map((slug) => [slug, read(slug)]))

function read(slug: Slug): Text {
  const [, head = '', body = ''] =
    /^---\n(.*?)\n---\n(.*)$/s.exec(readFileSync(join(folder, `${slug}.md`), 'utf8')) ?? []
  return { slug, body, ...(parse(head) as { title: string; summary: string }) }
}

/** `/about` itself, and the others below it. */
export const pagePath = (slug: Slug) => (slug === 'about' ? '/about' : `/about/${slug}`)
