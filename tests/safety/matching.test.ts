import assert from 'node:assert/strict'
import { test } from 'node:test'
import { originalRules } from '../../src/safety/rule-files.ts'
import { matcherOf } from '../../src/safety/rules.ts'

const matcher = matcherOf(originalRules())
const flagsIn = (text: string) => matcher.check(text).map(({ flag }) => flag)
const raises = (flag: string, ...texts: string[]) => {
  for (const text of texts) assert.ok(flagsIn(text).includes(flag), `${flag}: ${text}`)
}
const raisesNothing = (...texts: string[]) => {
  for (const text of texts) assert.deepEqual(flagsIn(text), [], text)
}

test('lay words and misspellings raise a flag', () => {
  raises(
    'cauda-equina',
    'Bad back, and now I cannot wee and my privates feel numb.',
    'back pain and numness in my genitels since yesterday',
  )
})

test('words that mean something only together raise a flag together', () => {
  raises('spinal-infection', 'I inject heroin. High fever, and my back pain is terrible.')
  raisesNothing('I have had back pain after gardening for two days.')
})

test('what is denied raises nothing', () => {
  raisesNothing(
    'Sciatica for a week. No numbness, tingling or weakness, and my bladder is fine.',
    'My back aches. I haven’t lost control of my bladder and deny any fever.',
    'Back pain, but bladder and bowels are working normally.',
  )
})

test('what follows a denial counts again', () => {
  raises('cauda-equina', 'No fever, but I cannot pee and my groin is numb. Bad back.')
})

test('what was long ago or is over raises nothing', () => {
  raisesNothing(
    'I had cauda equina in 2018, my groin was numb and I could not pee. I recovered fully. Is yoga safe?',
    'Five years ago I had crushing chest pain and a heart attack. All good since.',
  )
})

test('what has come back raises a flag', () => {
  raises('cauda-equina', 'I had it in 2018 and recovered, but since yesterday my groin is numb again and I cannot pee.')
})

test('a question of knowledge raises nothing', () => {
  raisesNothing(
    'What are the signs of cauda equina syndrome?',
    'Is it true that a neck adjustment can cause a stroke?',
    'Can sciatica lead to loss of bladder control?',
    'How do I know if chest pain is serious?',
  )
})

test('figures of speech and other uses raise nothing', () => {
  raisesNothing(
    'My back is killing me after moving a chest of drawers.',
    'I am dying to know whether the breaststroke is good for my neck.',
    'I had my heart set on running a marathon.',
    'I stroke the cat all day and my wrist hurts.',
  )
})

test('somebody near counts, a character or a news story does not', () => {
  raises('stroke', 'My mother now has a droopy face and her speech is slurred.')
  raisesNothing(
    'I am writing a novel in which a man cannot feel his legs and wets himself. Is that realistic?',
    'I read a news story about a man whose face drooped after a neck adjustment.',
  )
})

test('worry without signs raises nothing', () => {
  raisesNothing('I am scared it could be cauda equina. I only have a dull ache on one side.')
})

test('stable complaints of many years raise nothing', () => {
  raisesNothing('My foot has been numb for ten years since an operation. It never changes.')
})

test('somebody who wants to die is heard in plain and in hidden words', () => {
  raises('suicide', 'I want to die because of this pain.', 'My family would be better off without me.')
  raisesNothing('I nearly died of embarrassment in pilates.', 'We lost my uncle to suicide years ago.')
})

test('too many tablets are told from a usual dose', () => {
  raises('overdose', 'I took 30 paracetamol this morning because of my back.')
  raisesNothing('I take two paracetamol four times a day, as the box says.')
})

test('it says where the words are', () => {
  const text = 'Hello. Crushing chest pain, and I am sweating.'
  const [finding] = matcher.check(text)
  const said = finding!.places.map(({ start, end }) => text.slice(start, end))
  assert.ok(said.some((words) => /chest|Crushing/.test(words)))
})

test('what was said without a word of any pattern is raised by all its words together', () => {
  const text =
    'My nephew fell off his scooter, no helmet. He was all right at first, but hours later he has thrown up twice and asks what day it is.'
  assert.deepEqual(matcher.match(text), [])
  const [finding] = matcher.check(text)
  assert.equal(finding?.pattern, undefined)
  assert.ok(finding!.places.length > 0)
})

test('what the rest of a text speaks against is not raised', () => {
  const text =
    'I fell from the horse when I was thirty and it was numb between the legs for two days. That is half a lifetime ago; it never troubled me after. Which cushion is best on the tractor, ring or wedge?'
  assert.notDeepEqual(matcher.match(text), [])
  assert.deepEqual(matcher.check(text), [])
})

test('of a few words nothing speaks against what a pattern finds', () => {
  raises('stroke', 'I think I am having a stroke')
})

test('a firm flag is raised whatever the rest says, and so is one that nothing was learnt about', () => {
  const rules = originalRules()
  const heart = { ...rules.flags.heart!, when: ['saddle ~6 numb'] }
  const text = 'What is it that can make a saddle numb? I read that somewhere, just curious, nothing is wrong with me.'
  const flagsWith = (flags: typeof rules.flags) => matcherOf({ ...rules, flags }).check(text)
  assert.deepEqual(flagsWith({ heart: { ...heart, counts: ['asked'] } }), [])
  assert.equal(flagsWith({ heart: { ...heart, counts: ['asked'], isFirm: true } }).length, 1)
  assert.equal(flagsWith({ ours: { ...heart, counts: ['asked'] } }).length, 1)
})
