/** Type-checks every template: writes each as the TypeScript function Eta would make of it, then runs tsc on that. */
import { spawnSync } from 'node:child_process'
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import process from 'node:process'
import { Eta } from 'eta'

const eta = new Eta({ views: 'views' })
const files = globSync('views/**/*.eta').sort()

const unescaped = files.flatMap((file) =>
  [...readFileSync(file, 'utf8').matchAll(/<%~[-_]?\s*(.*?)%>/gs)]
    .filter(([, code]) => !/^(include\(|it\.body\b|[\w.?!]*[hH]tml\b)/.test(code!))
    .map(([tag]) => `${file}: ${tag} prints what may not be HTML; only fields and functions named …Html may do so`),
)
for (const line of unescaped) console.error(line)

const functions = files.map((file, number) => {
  const name = file.slice('views/'.length, -'.eta'.length)
  const body = eta.compileBody(eta.parse(readFileSync(file, 'utf8')))
  return `export function view${number}(it: Views['${name}'] & { page: Page }) { // ${file}
  const { t, tHtml, url, asset, iconHtml, timeHtml, clockHtml, formatDate, formatNumber } = it.page
  const include = includeIn<typeof it>(), layout = layoutIn<typeof it>()\n${body}\n}`
})

mkdirSync('.cache', { recursive: true })
writeFileSync(
  '.cache/views.ts',
  `import type { Page, Views } from '../src/plugins/views.ts'
${globSync('src/*/*views.ts')
  .filter((file) => !file.includes('plugins'))
  .map((file) => `import type {} from '../${file}'`)
  .join('\n')}
type Required<T> = { [K in keyof T]-?: undefined extends T[K] ? never : K }[keyof T]
/** What must be handed on: what the template requires and the one around it has not. */
type Missing<N extends keyof Views, It> = Exclude<Required<Views[N]>, keyof It | 'body'>
type Handed<N extends keyof Views, It> = Pick<Views[N], Missing<N, It>> & Partial<Views[N]>
type Hand<It, Result> = <N extends keyof Views>(
  name: \`/\${N}\`,
  ...data: [Missing<N, It>] extends [never] ? [Partial<Views[N]>?] : [Handed<N, It>]
) => Result
declare const __eta: { res: string; e(value: unknown): string }
declare function includeIn<It>(): Hand<It, string>
declare function layoutIn<It>(): Hand<It, void>
${functions.join('\n')}
`,
)
const options = 'noEmit strict noUncheckedIndexedAccess allowImportingTsExtensions skipLibCheck ignoreConfig'
const { status } = spawnSync(
  process.execPath,
  [
    'node_modules/typescript/bin/tsc',
    ...options.split(' ').map((option) => `--${option}`),
    ...'--module nodenext --target esnext --types node .cache/views.ts'.split(' '),
  ],
  { stdio: 'inherit' },
)
process.exit(status || (unescaped.length > 0 ? 1 : 0))
