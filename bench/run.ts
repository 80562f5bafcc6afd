/** `npm run bench [-- --questions N --runs N --seconds N --connections N --write]`: measures, prints, and keeps nothing else. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { measureAsking } from './asking.ts'
import { measureQuestions, measureRootCategory } from './list-pages.ts'
import { readOptions } from './options.ts'
import { usageOf } from './processes.ts'
import { measureQuestionPage } from './question-page.ts'
import { report } from './report.ts'
import { setStage } from './stage.ts'

const DOCUMENT = join(import.meta.dirname, '../docs/performance.md')
const FIGURES = /(?<=<!-- figures -->\n).*(?=<!-- end of figures -->)/s

const options = readOptions()
const stage = await setStage(options)
const memory = async () => usageOf(stage.forum.child)

const afterStart = await memory()
const plain = await measureQuestionPage(stage, 'plain')
const compressed = await measureQuestionPage(stage, 'compressed')
const questions = await measureQuestions(stage)
const rootCategory = await measureRootCategory(stage)
const afterReading = await memory()
const asking = await measureAsking(stage)
const afterWriting = await memory()

const { startMs } = stage.forum
const figures = { plain, compressed, questions, rootCategory, asking, startMs }
const text = report({ ...figures, memory: { afterStart, afterReading, afterWriting } }, options)
console.log(`\n${text}`)
if (options.write)
  writeFileSync(
    DOCUMENT,
    readFileSync(DOCUMENT, 'utf8').replace(FIGURES, () => `\n${text}\n\n`),
  )
process.exit()
