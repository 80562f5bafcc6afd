import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formErrors } from '../../src/lib/form-errors.ts'
import { createTranslator } from '../../src/lib/messages.ts'

const { t } = createTranslator('en')
const errorFor = (keyword: string, params: Record<string, unknown> = {}) =>
  formErrors(t, [{ keyword, instancePath: '/title', params }]).title

test('each rule has its sentence', () => {
  assert.equal(errorFor('minLength', { limit: 1 }), 'Please fill this in.')
  assert.equal(errorFor('minLength', { limit: 10 }), 'Please write at least 10 characters.')
  assert.equal(errorFor('maxLength', { limit: 20_000 }), 'Please keep this to 20,000 characters.')
  assert.equal(errorFor('enum'), 'Please choose one of the list.')
  assert.equal(errorFor('format', { format: 'email' }), 'Please write an e-mail address, such as name@example.org.')
  assert.equal(errorFor('pattern'), 'This cannot be read. Please check it.')
})

test('a field left out is told of at that field', () => {
  const missing = { keyword: 'required', instancePath: '', params: { missingProperty: 'body' } }
  assert.deepEqual(formErrors(t, [missing]), { body: 'Please fill this in.' })
})

test('a field has one message, its first', () => {
  const both = ['minLength', 'format'].map((keyword) => ({ keyword, instancePath: '/email', params: { limit: 5 } }))
  assert.deepEqual(formErrors(t, both), { email: 'Please write at least 5 characters.' })
})

test('a form without errors has none', () => {
  assert.deepEqual(formErrors(t), {})
})
