/** So many of so many. */
export type Share = { part: number; all: number }
export type Score = { recall: Share; falseAlarms: Share; mistakes: string[] }

export const rateOf = ({ part, all }: Share) => part / Math.max(all, 1)
export const shownShare = (share: Share) => `${rateOf(share).toFixed(3)} (${share.part} of ${share.all})`

export const shownScore = ({ recall, falseAlarms }: Score) =>
  `recall ${shownShare(recall)}  false alarms ${shownShare(falseAlarms)}`

/** One on a line. */
export const listedMistakes = ({ mistakes }: Score) =>
  mistakes.map((mistake) => `  ${mistake.replaceAll('\n', ' ⏎ ')}`).join('\n')
