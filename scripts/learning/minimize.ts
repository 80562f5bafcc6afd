const MEMORY = 8
const MOST_STEPS = 300
const TOLERANCE = 1e-3
const ENOUGH = 1e-4

/** Writes the gradient at a point and returns the value there. */
type Objective = (point: Float64Array, gradient: Float64Array) => number
type Correction = { step: Float64Array; change: Float64Array; scale: number }

/** The lowest point of a smooth convex function: L-BFGS with a backtracking line search (Nocedal and Wright, 7.4, 7.5). */
export function minimize(start: Float64Array, objective: Objective): Float64Array {
  let [point, gradient] = [start, new Float64Array(start.length)]
  let value = objective(point, gradient)
  const corrections: Correction[] = []
  for (let count = 0; count < MOST_STEPS && Math.sqrt(dot(gradient, gradient)) > TOLERANCE; count++) {
    const direction = directionOf(gradient, corrections)
    const next = descend({ point, value, slope: dot(gradient, direction), direction }, objective)
    if (!next) break
    remember(corrections, difference(next.point, point), difference(next.gradient, gradient))
    ;({ point, gradient, value } = next)
  }
  return point
}

/** Downhill, bent by what the last steps have shown of the shape of the function. */
function directionOf(gradient: Float64Array, corrections: Correction[]) {
  const direction = gradient.map((slope) => -slope)
  const shares = corrections.toReversed().map(({ step, change, scale }) => {
    const share = scale * dot(step, direction)
    add(direction, change, -share)
    return share
  })
  const last = corrections.at(-1)
  if (last) scaleBy(direction, 1 / (last.scale * dot(last.change, last.change)))
  for (const [at, { step, change, scale }] of corrections.entries())
    add(direction, step, shares.at(-1 - at)! - scale * dot(change, direction))
  return direction
}

type Place = { point: Float64Array; value: number; slope: number; direction: Float64Array }

/** Half as far until it goes down enough. Nothing: it goes down no more. */
function descend({ point, value, slope, direction }: Place, objective: Objective) {
  for (let length = 1; length > 1e-9; length /= 2) {
    const next = point.map((at, index) => at + length * direction[index]!)
    const gradient = new Float64Array(point.length)
    const reached = objective(next, gradient)
    if (reached <= value + ENOUGH * length * slope) return { point: next, gradient, value: reached }
  }
  return undefined
}

function remember(corrections: Correction[], step: Float64Array, change: Float64Array) {
  const curvature = dot(step, change)
  if (curvature <= 0) return
  corrections.push({ step, change, scale: 1 / curvature })
  if (corrections.length > MEMORY) corrections.shift()
}

function dot(a: Float64Array, b: Float64Array) {
  let sum = 0
  for (let at = 0; at < a.length; at++) sum += a[at]! * b[at]!
  return sum
}

const difference = (a: Float64Array, b: Float64Array) => a.map((value, at) => value - b[at]!)

function add(to: Float64Array, values: Float64Array, factor: number) {
  for (let at = 0; at < to.length; at++) to[at]! += factor * values[at]!
}

function scaleBy(values: Float64Array, factor: number) {
  for (let at = 0; at < values.length; at++) values[at]! *= factor
}
