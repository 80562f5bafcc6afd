import assert from 'node:assert/strict'
import { test } from 'node:test'
import { analyseQuestion, analyseSearch } from '../../src/search/analysis.ts'
import { substanceOf } from '../../src/search/chatter.ts'
import { questionTypesOf } from '../../src/search/question-types.ts'
import { mistakesBetween } from '../../src/search/spelling.ts'
import { rootOf } from '../../src/search/stems.ts'
import { phraseAt } from '../../src/search/synonyms.ts'
import { tokensOf, wordsOf } from '../../src/search/words.ts'

test('case, accents, quotes and British spelling make no difference', () => {
  assert.deepEqual(tokensOf('Oedema of Alzheimer’s NAÏVE tumours'), ['edema', 'of', 'alzheimer', 'naive', 'tumor'])
  assert.deepEqual(tokensOf('orthopaedic anaemia diarrhoea fibre'), tokensOf('orthopedic anemia diarrhea fiber'))
})

test('plurals lose their ending, other words keep theirs', () => {
  const pairs =
    'knees knee, bodies body, diagnoses diagnosis, arthritis arthritis, feet foot, discs disc, disks disc, aches ache, patches patch, pus pus'
  for (const pair of pairs.split(', ')) {
    const [plural, singular] = pair.split(' ')
    assert.deepEqual(tokensOf(plural!), [singular])
  }
})

test('words say where they stand, so that they can be marked', () => {
  const text = 'Böse Knie’s 🦴 schmerzen'
  assert.deepEqual(
    wordsOf(text).map(({ start, end }) => text.slice(start, end)),
    ['Böse', 'Knie’s', 'schmerzen'],
  )
})

test('addresses are no words', () => {
  assert.deepEqual(tokensOf('see https://example.org/neck?x=pain or me@example.org now'), ['see', 'or', 'now'])
})

test('the forms of a word share a root', () => {
  for (const forms of [
    'treat treated treatment treating',
    'inherit inherited inheritance',
    'prevent prevention',
    'diagnosis diagnosed',
  ])
    assert.equal(new Set(forms.split(' ').map(rootOf)).size, 1, forms)
  assert.notEqual(rootOf('hiv'), rootOf('hive'))
})

test('chatter tells little, amounts little, medical words all', () => {
  assert.equal(substanceOf('the'), 0)
  assert.ok(substanceOf('thank') < 1)
  assert.ok(substanceOf('5mg') < 1)
  assert.equal(substanceOf('sciatica'), 1)
  assert.equal(substanceOf('back'), 1)
})

test('the longest known name is found first', () => {
  const phrase = phraseAt(tokensOf('lower back pain'), 0)
  assert.equal(phrase?.tokens.length, 3)
  assert.ok(phrase.others.some((other) => other.join(' ') === 'lumbago'))
})

test('what a question wants is heard', () => {
  const typesOf = (text: string) => [...questionTypesOf(tokensOf(text)).keys()]
  assert.deepEqual(typesOf('What causes gout?'), ['cause'])
  assert.deepEqual(typesOf('What is gout?'), ['information'])
  assert.ok(typesOf('Is it safe to take aspirin?').includes('safety'))
  assert.ok(typesOf('How long will it take to recover?').includes('outlook'))
})

test('a swapped pair of letters is one mistake', () => {
  assert.equal(mistakesBetween('sciatcia', 'sciatica', 2), 1)
  assert.equal(mistakesBetween('gout', 'grout', 2), 1)
  assert.equal(mistakesBetween('gout', 'sciatica', 2), 3)
})

test('three signs mean something in a search, none in a question', () => {
  const search = analyseSearch('"frozen shoulder" -surgery category:/Shoulder/ it’s-fine a-b')
  assert.deepEqual(search.phrases, [['frozen', 'shoulder']])
  assert.deepEqual(search.excluded, ['surgery'])
  assert.equal(search.categoryPath, 'shoulder')
  const question = analyseQuestion('"frozen shoulder"', '-surgery category:shoulder')
  assert.deepEqual([question.phrases, question.excluded, question.categoryPath], [[], [], undefined])
})
