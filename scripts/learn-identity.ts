/**
 * `node run.js scripts/learn-identity.ts`: learns from the texts in tests/identity how far what stands around a word speaks for
 * a name, and writes seed/identity/weights.json. With `--try` it writes nothing, leaves out one author's texts in turn, learns
 * from the others and says how well those are read: what to expect of texts that nobody learnt from.
 */
import { writeFileSync } from 'node:fs'
import process from 'node:process'
import { writtenFeature } from '../src/identity/features.ts'
import { findIdentity } from '../src/identity/finder.ts'
import { createTagger, type Weights } from '../src/identity/name-tags.ts'
import { scoreIdentity } from './learning/identity-score.ts'
import { type Labelled, readByAuthor, readLessons, readNameless } from './learning/identity-texts.ts'
import { examplesOf } from './learning/name-examples.ts'
import { listedMistakes, shownScore } from './learning/score.ts'
import { leftOut } from './learning/sets.ts'
import { weigh } from './learning/weigh.ts'

const byAuthor = readByAuthor()

const learn = (texts: Labelled[]) =>
  weigh([...examplesOf([...texts, ...readLessons()], 1), ...examplesOf(readNameless(), 0.5)])

function save(weights: Weights) {
  const lines = [...weights]
    .map(([feature, weight]) => `  ${JSON.stringify(writtenFeature(feature))}: ${weight}`)
    .sort()
  writeFileSync(new URL('../seed/identity/weights.json', import.meta.url), `{\n${lines.join(',\n')}\n}\n`)
}

function tryAll() {
  for (const { name, texts, others } of leftOut(byAuthor)) {
    const tagsOf = createTagger(learn(others))
    const score = scoreIdentity(texts, (text) => findIdentity(text, [], tagsOf))
    console.log(`${name.padEnd(14)} ${shownScore(score)}`)
    if (process.argv.includes('--misses')) console.log(listedMistakes(score))
  }
}

if (process.argv.includes('--try')) tryAll()
else save(learn([...byAuthor.values()].flat()))
