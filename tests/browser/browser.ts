import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import process from 'node:process'
import { after } from 'node:test'
import { type Browser, type BrowserContextOptions, chromium } from 'playwright-core'

const INSTALLED = ['chrome', 'chromium', 'msedge'] as const
const LONGEST_WAIT_MS = 30_000

export const PHONE = { width: 360, height: 740 }
export const DESK = { width: 1280, height: 900 }

/** It crashes on a field to type in where there is no font at all, as on a bare server. */
const FONTS = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`

type ContextOptions = BrowserContextOptions & { cookie?: string; url: string }

/** One browser for a test file, closed after its last test. Each test opens contexts of its own in it. */
export async function openBrowser() {
  const browser = await launch()
  after(() => browser.close())
  return browser
}

/** A visitor's browser: empty, or signed in by the cookie that a fixture gave. */
export async function visit(browser: Browser, { cookie, url, ...options }: ContextOptions) {
  const context = await browser.newContext({ baseURL: url, viewport: DESK, ...options })
  context.setDefaultTimeout(LONGEST_WAIT_MS)
  const [name, value] = cookie?.split('=') ?? []
  if (name && value) await context.addCookies([{ name, value, url }])
  return context
}

async function launch() {
  if (process.env.CHROME_PATH) return chromium.launch({ executablePath: process.env.CHROME_PATH })
  if (process.platform === 'linux' && process.arch === 'x64') return launchBrought()
  for (const channel of INSTALLED) {
    const browser = await chromium.launch({ channel }).catch(() => undefined)
    if (browser) return browser
  }
  throw new Error('The browser tests need Chrome, Chromium or Edge. Install one, or set CHROME_PATH to where it is.')
}

/** The Chromium that npm brings, for Linux on x64. */
function launchBrought() {
  const folder = unpacked()
  return chromium.launch({
    executablePath: join(folder, 'chromium'),
    args: ['--no-sandbox'],
    env: {
      ...process.env,
      LD_LIBRARY_PATH: join(folder, 'al2023/lib'),
      FONTCONFIG_FILE: join(folder, 'fonts.conf'),
      XDG_CACHE_HOME: join(folder, 'cache'),
    },
  })
}

/** Unpacked once for each version. Of files that start together, the first to finish gives its folder the name. */
function unpacked() {
  const manifest = createRequire(import.meta.url)
    .resolve('@sparticuz/chromium')
    .replace(/build.index\.js$/, 'package.json')
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }
  const folder = join(import.meta.dirname, '../../node_modules', `.chromium-${version}`)
  if (existsSync(folder)) return folder
  const own = mkdtempSync(`${folder}-`)
  unpackInto(own)
  writeFileSync(join(own, 'fonts.conf'), FONTS)
  try {
    renameSync(own, folder)
  } catch {
    rmSync(own, { recursive: true })
  }
  return folder
}

/** The package unpacks into the folder for temporary files, and brings the libraries it needs only if it thinks it is in a cloud. */
function unpackInto(folder: string) {
  const script = "import chromium from '@sparticuz/chromium'; await chromium.executablePath()"
  const { status } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: import.meta.dirname,
    env: { ...process.env, TMPDIR: folder, AWS_LAMBDA_JS_RUNTIME: 'nodejs22.x' },
    stdio: 'inherit',
  })
  if (status !== 0) throw new Error('The browser could not be unpacked. Is the disk full?')
}
