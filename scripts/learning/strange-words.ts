import { type Word, wordsOf } from '../../src/identity/words.ts'
import type { Labelled } from './identity-texts.ts'
import type { Random } from './random.ts'

const SYLLABLES =
  'ba ce di fo gu ha je ki lo mu na pe qui ra se ti vo xa ze tri pla sto cre flu gly mor ven tal bex dor zol vir lex pro can mab fen sil nor'.split(
    ' ',
  )
/** After these a strange word could be a name. */
const NAMING =
  /^(?:self|self-is|name-word|called|sound|relation|carer|title|doctor-title|greeting|closing|filed|seeing|with-word|to-word|asking|writing|being|saying|and-word)$/
const SHARE = 0.08
const MOST = 3

/** A text without names in which some words have become remedies and makers that nobody has heard of: no names either. */
export function withStrangeWords({ text }: Labelled, random: Random): Labelled {
  const words = wordsOf(text)
  let written = ''
  let from = 0
  let count = 0
  for (const [index, word] of words.entries()) {
    if (count >= MOST || random() > SHARE || !canBeStrange(words, word, index)) continue
    written += text.slice(from, word.start) + strangeWord(random)
    from = word.end
    count += 1
  }
  return { text: written + text.slice(from), spans: [] }
}

const canBeStrange = (words: Word[], { cue, text, clitic, gap }: Word, index: number) =>
  !cue &&
  !clitic &&
  text.length >= 4 &&
  text === text.toLowerCase() &&
  index > 0 &&
  !/[.!?\n]/.test(gap) &&
  !NAMING.test(words[index - 1]?.cue ?? '') &&
  !NAMING.test(words[index - 2]?.cue ?? '')

function strangeWord(random: Random): string {
  const length = 2 + Math.floor(random() * 3)
  const letters = Array.from({ length }, () => SYLLABLES[Math.floor(random() * SYLLABLES.length)]).join('')
  const word = letters[0]!.toUpperCase() + letters.slice(1)
  return random() < 0.2 ? `${word} ${strangeWord(random)}` : word
}
