/** Digits, perhaps with letters, and what joins them: "943 476 5919", "88-GH-204417", "+44 (0)7700 900123". */
export type Run = { written: string; digits: string; start: number; end: number }

const CHUNK = /(?<![A-Za-z\d])(?:[A-Za-z]*\d[A-Za-z\d]*|[A-Z]{1,4})(?![A-Za-z\d])/g
const JOINT = /^(?:[ .–-]|[ –-]?[/()#][ –-]?|\) ?[-–]?|[ -]{2,3})$/
const NO_CODE = /^(?:A|I|AM|PM|IN|AT|NO|IS|TO|OF|ON|MY|OR|BP|HR|ID|NI)$/
const FEWEST = 4
const LONGEST = 40

export function runsIn(text: string): Run[] {
  const ranges: { start: number; end: number }[] = []
  for (const { 0: chunk, index: start } of text.matchAll(CHUNK)) {
    const end = start + chunk.length
    const last = ranges.at(-1)
    if (
      last &&
      start - last.end <= 4 &&
      end - last.start <= LONGEST &&
      isJoined(text.slice(last.start, last.end), text.slice(last.end, start), chunk)
    )
      last.end = end
    else ranges.push({ start, end })
  }
  return ranges.flatMap(({ start, end }) => runAt(text, start, end))
}

/** Capitals join digits by a hyphen or a stroke, or as two letters that begin or end a code; small letters by a hyphen. */
function isJoined(before: string, joint: string, after: string) {
  if (!JOINT.test(joint)) return false
  const isTight = joint === '-' || joint === '/'
  if (/^[A-Z]+$/.test(before)) return isTight || (before.length <= 2 && !NO_CODE.test(before) && /^\d{2,}/.test(after))
  if (/^[A-Z]+$/.test(after))
    return isTight || (after.length <= 2 && !NO_CODE.test(after) && /\d \d{2,}$|\d{2,} \d$/.test(before))
  if (/[a-z]/.test(before + after)) return isTight
  return joint !== '. ' || !/^\d{1,2}$/.test(after)
}

function runAt(text: string, from: number, end: number): Run[] {
  const lead = /(?:\+ ?|\(\+?|\+\()$/.exec(text.slice(Math.max(0, from - 3), from))?.[0].length ?? 0
  const written = text.slice(from - lead, end)
  const digits = written.replace(/\D/g, '')
  return digits.length < FEWEST ? [] : [{ written, digits, start: from - lead, end }]
}
