import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'

/** An empty folder that is gone after the test. */
export function temporaryFolder(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'forum-'))
  t.after(() => rmSync(folder, { recursive: true }))
  return folder
}
