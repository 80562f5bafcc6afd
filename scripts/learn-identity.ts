/**
 * `node run.js scripts/learn-identity.ts`: learns from the texts in tests/identity how far what stands around a word speaks for
 * a name, and writes src/identity/weights.json. With `--try` it writes nothing, leaves out one author's texts in turn, learns
 * from the others and says how well those are read: what to expect of texts that nobody learnt from.
 */
import { writeFileSync } from 'node:fs'
import process from 'node:process'
import { measure } from '../bench/identity/measure.ts'
import { writtenFeature } from '../src/identity/features.ts'
import { findIdentity } from '../src/identity/finder.ts'
import { withWeights } from '../src/identity/name-tags.ts'
import { type Labelled, readByAuthor, readLessons, readNameless } from './learning/identity-texts.ts'
import { examplesOf } from './learning/name-examples.ts'
import { weigh } from './learning/weigh.ts'

const byAuthor = readByAuthor()

const learn = (texts: Labelled[]) =>
  weigh([...examplesOf([...texts, ...readLessons()], 1), ...examplesOf(readNameless(), 0.5)])

function save(weights: Map<number, number>) {
  const lines = [...weights]
    .map(([feature, weight]) => `  ${JSON.stringify(writtenFeature(feature))}: ${weight}`)
    .sort()
  writeFileSync(new URL('../src/identity/weights.json', import.meta.url), `{\n${lines.join(',\n')}\n}\n`)
}

function tryAll() {
  for (const [author, texts] of byAuthor) {
    const others = [...byAuthor].flatMap(([other, known]) => (other === author ? [] : known))
    const { recall, falseAlarms, report } = withWeights(learn(others), () => measure(texts, findIdentity))
    console.log(`${author.padEnd(16)} recall ${recall.toFixed(3)}  false alarms ${falseAlarms.toFixed(3)}`)
    if (process.argv.includes('--misses'))
      console.log(report.filter((line) => /^ {2}(?:missed|false)/.test(line)).join('\n'))
  }
}

if (process.argv.includes('--try')) tryAll()
else save(learn([...byAuthor.values()].flat()))
