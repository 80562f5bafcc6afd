/** `npm run bench:identity -- FILE.jsonl`: how well the scrubber finds what its lines say tells who somebody is. */
import { readFileSync } from 'node:fs'
import process from 'node:process'
import { findIdentity } from '../../src/identity/finder.ts'
import { measure, readLines } from './measure.ts'

const [file] = process.argv.slice(2)
if (!file) {
  console.error('Which file? npm run bench:identity -- FILE.jsonl, of lines {"text": …, "spans": ["…"]}')
  process.exit(1)
}
const { report } = measure(readLines(readFileSync(file, 'utf8')), findIdentity)
console.log(report.join('\n'))
