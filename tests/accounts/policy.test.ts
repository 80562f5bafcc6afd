import assert from 'node:assert/strict'
import { test } from 'node:test'
import { canAnswer, isAdministrator, isModerator } from '../../src/accounts/policy.ts'

const somebody = (role: 'member' | 'expert' | 'moderator' | 'administrator', verifiedAt: Date | null = null) => ({
  role,
  verifiedAt,
})

test('administrators may do all that moderators may', () => {
  assert.equal(isModerator(somebody('moderator')), true)
  assert.equal(isModerator(somebody('administrator')), true)
  assert.equal(isAdministrator(somebody('moderator')), false)
})

test('members, experts and strangers are no staff', () => {
  for (const viewer of [somebody('member'), somebody('expert'), null]) assert.equal(isModerator(viewer), false)
})

test('only those whose credentials are checked may answer', () => {
  assert.equal(canAnswer(somebody('expert', new Date())), true)
  assert.equal(canAnswer(somebody('expert')), false)
  assert.equal(canAnswer(null), false)
})
