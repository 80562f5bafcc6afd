import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readGrades, scoreQuery, scoreRun } from '../../bench/search/score.ts'

const judged = new Map([
  ['a', 4],
  ['b', 3],
  ['c', 2],
  ['d', 1],
])

test('relevant documents first are worth most', () => {
  const scores = scoreQuery(['a', 'b', 'c', 'd'], judged)
  assert.deepEqual(scores, { 'MAP@10': 1, 'MRR@10': 1, 'NDCG@10': 1, 'success@5': 1, MAP: 1 })
})

test('each relevant document counts by how many came before it', () => {
  const scores = scoreQuery(['x', 'b', 'y', 'a'], judged)
  assert.equal(scores['MAP@10'], (1 / 2 + 2 / 4) / 2)
  assert.equal(scores['MRR@10'], 1 / 2)
  const ideal = 7 + 3 / Math.log2(3) + 1 / 2
  assert.ok(Math.abs(scores['NDCG@10'] - (3 / Math.log2(3) + 7 / Math.log2(5)) / ideal) < 1e-12)
})

test('whatever comes after the tenth place counts for the whole list alone', () => {
  const scores = scoreQuery([...'mnopqrstuv', 'a'], judged)
  assert.deepEqual(scores, { 'MAP@10': 0, 'MRR@10': 0, 'NDCG@10': 0, 'success@5': 0, MAP: 1 / 11 / 2 })
})

test('a query that found nothing counts as nothing, and the higher of two judgements holds', () => {
  const grades = readGrades('1\ta\t1\n1\ta\t4\n2 0 b 3\n')
  assert.equal(scoreRun(grades, new Map([['1', ['a']]]))['MAP@10'], 1 / 2)
})
