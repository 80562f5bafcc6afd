import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { test } from 'node:test'
import { originalRules } from '../../src/safety/rule-files.ts'
import { matcherOf } from '../../src/safety/rules.ts'

const matcher = matcherOf(originalRules())
const isFound = ({ text }: { text: string }) => matcher.check(text).length > 0

for (const file of globSync(join(import.meta.dirname, '**/*.jsonl')).sort())
  test(`texts such as those of ${basename(file)} are told apart`, () => {
    const lines = readFileSync(file, 'utf8').trim().split('\n')
    const texts = lines.map((line) => JSON.parse(line) as { text: string; urgent: boolean })
    const [urgent, harmless] = [texts.filter((one) => one.urgent), texts.filter((one) => !one.urgent)]
    assert.ok(urgent.filter(isFound).length / urgent.length >= 0.97)
    assert.ok(harmless.filter(isFound).length / harmless.length <= 0.1)
  })
