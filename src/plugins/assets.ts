import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'

const root = join(import.meta.dirname, '../../public')
const icons = join(createRequire(import.meta.url).resolve('lucide-static/package.json'), '../icons')

declare module 'fastify' {
  interface FastifyInstance {
    /** The path of a file in public/, with a version in it so that browsers may keep it for ever. */
    assetPath(file: string): string
  }
}

/** Serves public/. Its style sheets are kept one a part and sent as one file, in the order of their names. */
export default fp(async (app: FastifyInstance) => {
  const sheets = globSync('css/*.css', { cwd: root }).sort()
  const css = sheets.map((sheet) => readFileSync(join(root, sheet), 'utf8')).join('\n')
  const prefix = `/assets/${versionOf(globSync('{fonts,images,js}/*', { cwd: root }).sort(), css)}`
  app.decorate('assetPath', (file: string) => `${prefix}/${file}`)

  await app.register(fastifyStatic, { root, prefix, immutable: true, maxAge: '365d', index: false })

  app.get(`${prefix}/site.css`, async (_request, reply) =>
    reply.type('text/css').header('cache-control', 'public, max-age=31536000, immutable').send(css),
  )
  app.get('/favicon.ico', async (_request, reply) => reply.sendFile('images/favicon.svg'))
})

function versionOf(files: string[], css: string) {
  const hash = createHash('sha256').update(css)
  for (const file of files) hash.update(file).update(readFileSync(join(root, file)))
  return hash.digest('base64url').slice(0, 10)
}

const drawn = new Map<string, string>()

/** An icon of the Lucide set as inline SVG, for the eye only: the text beside it says what it means. */
export function iconHtml(name: string) {
  const known = drawn.get(name)
  if (known) return known
  const file = readFileSync(join(icons, `${basename(name)}.svg`), 'utf8')
  const shapes = /<svg[^>]*>(.*)<\/svg>/s.exec(file)?.[1]?.replace(/\s*\n\s*/g, '') ?? ''
  const svg = `<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">${shapes}</svg>`
  drawn.set(name, svg)
  return svg
}
