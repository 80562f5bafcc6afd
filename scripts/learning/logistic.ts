import { minimize } from './minimize.ts'

/** Which signs a text has, by number, and which class it belongs to. */
export type Example = { signs: number[]; target: number }
type Size = { signs: number; classes: number }

/**
 * Multinomial logistic regression with an L2 penalty on all but the base.
 * @param strength how much the examples count against the penalty
 * @returns for each sign, and last for the base, a weight for each class
 */
export function fitLogistic(examples: Example[], size: Size, strength: number): Float64Array[] {
  const { signs, classes } = size
  const solution = minimize(new Float64Array((signs + 1) * classes), (weights, gradient) => {
    let loss = penalty(weights, gradient, signs * classes)
    for (const example of examples) loss += strength * lossOf({ example, weights, gradient, size, strength })
    return loss
  })
  return Array.from({ length: signs + 1 }, (_, row) => solution.subarray(row * classes, (row + 1) * classes))
}

function penalty(weights: Float64Array, gradient: Float64Array, end: number) {
  let sum = 0
  gradient.fill(0)
  for (let at = 0; at < end; at++) {
    sum += weights[at]! ** 2
    gradient[at] = weights[at]!
  }
  return sum / 2
}

type Term = { example: Example; weights: Float64Array; gradient: Float64Array; size: Size; strength: number }

function lossOf({ example: { signs, target }, weights, gradient, size, strength }: Term) {
  const rows = [...signs, size.signs]
  const scores = new Float64Array(size.classes)
  for (const row of rows) for (let at = 0; at < size.classes; at++) scores[at]! += weights[row * size.classes + at]!
  const most = Math.max(...scores)
  const total = scores.reduce((sum, score) => sum + Math.exp(score - most), 0)
  const errors = scores.map((score, at) => Math.exp(score - most) / total - (at === target ? 1 : 0))
  for (const row of rows)
    for (let at = 0; at < size.classes; at++) gradient[row * size.classes + at]! += strength * errors[at]!
  return Math.log(total) + most - scores[target]!
}
