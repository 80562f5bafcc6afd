const GROUPS = 8
const OF_A_NETWORK = 4

/** What one visitor can hardly change about an internet address: the first half of one of version 6, all of one of version 4. */
export function networkOf(address: string) {
  if (!address.includes(':') || address.includes('.')) return address.slice(address.lastIndexOf(':') + 1)
  const [head = [], tail = []] = address.split('::').map((part) => part.split(':').filter(Boolean))
  const gap = Array<string>(Math.max(0, GROUPS - head.length - tail.length)).fill('0')
  return [...head, ...gap, ...tail].slice(0, OF_A_NETWORK).join(':')
}
