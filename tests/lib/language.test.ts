import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isEnglish } from '../../src/lib/language.ts'

test('texts in English are told from those in other languages', () => {
  for (const text of [
    'My back has hurt since Monday.',
    'cheers, Mick',
    'Find me at Rue de la Paix, 3rd floor.',
    'Gleason 3+4, PSA 7.2, age 61.',
    'L5/S1',
    '',
  ])
    assert.ok(isEnglish(text), text)
  for (const text of [
    'Seit gestern Schmerzen im Knie beim Treppensteigen. Was ist mit mir?',
    'J’ai mal au dos depuis deux semaines et je ne peux plus marcher.',
    '¿Qué puedo hacer para la espalda? Tengo dolor desde hace dos semanas.',
    'כואב לי הגב כבר שבועיים',
    'Mam bóle pleców od dwóch tygodni i nie mogę chodzić',
  ])
    assert.ok(!isEnglish(text), text)
})
