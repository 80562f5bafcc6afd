import type { Page } from '../plugins/views.ts'

/** By the youngest of each band: what somebody may ask from differs by country. */
const BANDS: [string, number, string][] = [
  ['under-13', 0, 'Under 13'],
  ['13', 13, '13'],
  ['14', 14, '14'],
  ['15', 15, '15'],
  ['16-17', 16, '16 or 17'],
  ['18-plus', 18, '18 or over'],
]

export const ageOptions = (t: Page['t']) => BANDS.map(([value, , label]) => ({ value, label: t(label) }))

/** Undefined: they have not said. */
export function isOldEnough(age: string | undefined, minimumAge: number) {
  const band = BANDS.find(([value]) => value === age)
  return band && band[1] >= minimumAge
}
