import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Static, TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { parse } from 'yaml'
import { ConceptRule, CountryRule, FlagRule, type Rules } from './rules.ts'
import type { Weights } from './weights.ts'

const FOLDER = join(import.meta.dirname, '../../seed/safety')

let original: Rules | undefined

/** The rules as they come with the program, read once. */
export function originalRules(): Rules {
  original ??= readRules(FOLDER)
  return original
}

/** @throws where a file does not hold what it should: one line that names the file, the rule and the field */
function readRules(folder: string): Rules {
  const read = (file: string) => parse(readFileSync(file, 'utf8')) as Record<string, unknown>
  const files = (name: string) => globSync(join(folder, name)).sort()
  const all = (name: string) => files(name).flatMap((file) => Object.entries(read(file)))
  const flags = files('flags/*.yaml').map((file): [string, unknown] => [basename(file, '.yaml'), read(file)])
  return {
    flags: checkedAll(FlagRule, flags),
    concepts: checkedAll(ConceptRule, all('words/*.yaml')),
    countries: checkedAll(CountryRule, all('countries.yaml')),
    weights: JSON.parse(readFileSync(join(folder, 'weights.json'), 'utf8')) as Weights,
  }
}

const checkedAll = <Shape extends TSchema>(shape: Shape, entries: [string, unknown][]) =>
  Object.fromEntries(entries.map(([key, rule]) => [key, checked(shape, rule, key)]))

function checked<Shape extends TSchema>(shape: Shape, rule: unknown, key: string): Static<Shape> {
  const [error] = Value.Errors(shape, rule)
  if (error) throw new Error(`seed/safety: ${key}${error.instancePath.replaceAll('/', '.')} ${error.message}`)
  return rule as Static<Shape>
}
