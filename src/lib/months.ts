/** The same day so many months later, or the last one where that month is shorter. */
export function addMonths(date: Date, months: number) {
  const later = new Date(date)
  later.setUTCMonth(later.getUTCMonth() + months)
  if (later.getUTCDate() !== date.getUTCDate()) later.setUTCDate(0)
  return later
}
