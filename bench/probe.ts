/** Loaded ahead of what is measured, into its process: says what that process has used so far. */
import process from 'node:process'

export type Usage = { cpuMs: number; rssMb: number; peakMb: number }

process.on('message', (message) => {
  if (message === 'usage') process.send!(usage())
})
process.on('disconnect', () => process.exit())

function usage(): Usage {
  const { user, system } = process.cpuUsage()
  return {
    cpuMs: (user + system) / 1000,
    rssMb: process.memoryUsage.rss() / 2 ** 20,
    peakMb: process.resourceUsage().maxRSS / 2 ** 10,
  }
}
