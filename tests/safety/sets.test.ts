import assert from 'node:assert/strict'
import { globSync } from 'node:fs'
import { basename, join } from 'node:path'
import { test } from 'node:test'
import { scoreSafety, tried } from '../../scripts/learning/safety-score.ts'
import { readTexts } from '../../scripts/learning/safety-texts.ts'
import { rateOf } from '../../scripts/learning/score.ts'
import { originalRules } from '../../src/safety/rule-files.ts'
import { matcherOf } from '../../src/safety/rules.ts'

const matcher = matcherOf(originalRules())

for (const file of globSync(join(import.meta.dirname, '**/*.jsonl')).sort())
  test(`texts such as those of ${basename(file)} are told apart`, () => {
    const { recall, falseAlarms } = scoreSafety(tried(readTexts(file), matcher))
    assert.ok(rateOf(recall) >= 0.97)
    assert.ok(rateOf(falseAlarms) <= 0.1)
  })
