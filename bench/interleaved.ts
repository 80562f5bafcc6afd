import type { Sample } from './load.ts'

type Target = (seconds: number) => Promise<Sample>
export type Result = Record<keyof Sample, { median: number; least: number; most: number }>

const WARM_UP_SECONDS = 2

/** A B A B …, so that whatever else the machine does meets all alike. */
export async function interleaved<Name extends string>(
  targets: Record<Name, Target>,
  { runs, seconds, onRun }: { runs: number; seconds: number; onRun: (run: number) => void },
) {
  const names = Object.keys(targets) as Name[]
  const samples = new Map(names.map((name) => [name, [] as Sample[]]))
  for (const name of names) await targets[name](WARM_UP_SECONDS)
  for (let run = 1; run <= runs; run++) {
    onRun(run)
    for (const name of names) samples.get(name)!.push(await targets[name](seconds))
  }
  return Object.fromEntries(names.map((name) => [name, resultOf(samples.get(name)!)])) as Record<Name, Result>
}

const resultOf = (samples: Sample[]): Result => ({
  perSecond: summary(samples.map(({ perSecond }) => perSecond)),
  p50: summary(samples.map(({ p50 }) => p50)),
  p99: summary(samples.map(({ p99 }) => p99)),
  cpu: summary(samples.map(({ cpu }) => cpu)),
})

function summary(values: number[]) {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = (sorted.length - 1) / 2
  const median = (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2
  return { median, least: sorted[0]!, most: sorted.at(-1)! }
}
