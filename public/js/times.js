// Says "3 hours ago" where the page, which may be kept for a while, has a date. The title keeps the exact time.
const UNITS = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
]
const LONGEST_SECONDS = 7 * 86_400

const format = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: 'auto' })

for (const time of document.querySelectorAll('time[datetime][title]')) {
  const seconds = (Date.now() - Date.parse(time.dateTime)) / 1000
  if (seconds >= 0 && seconds < LONGEST_SECONDS) shorten(time, seconds)
}

for (const time of document.querySelectorAll('time[data-clock]')) inOwnTime(time)

/** The day too, where it is not today. */
function inOwnTime(time) {
  const date = new Date(time.dateTime)
  const isToday = date.toDateString() === new Date().toDateString()
  const day = isToday ? {} : { day: 'numeric', month: 'long' }
  const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZoneName: 'short' }
  time.textContent = new Intl.DateTimeFormat(document.documentElement.lang, { ...day, ...clock }).format(date)
}

function shorten(time, seconds) {
  const date = time.textContent
  time.textContent = agoOf(seconds)
  // on paper "3 hours ago" says nothing
  addEventListener('beforeprint', () => {
    time.textContent = date
  })
}

function agoOf(seconds) {
  const [unit, length] = UNITS.find(([, length]) => seconds >= length) ?? UNITS.at(-1)
  return format.format(-Math.max(1, Math.floor(seconds / length)), unit)
}
