const WORD = /\p{L}+/gu
const LATIN = /\p{Script=Latin}/u
/** Names and addresses have words of other languages, too. */
const IN_NAMES = 1

const wordsOf = (text: string) => new Set(text.trim().split(/\s+/))

/** What nearly every sentence of a language has one of, and English does not share. */
const ENGLISH = wordsOf(
  'the and my is of to it have has for that with but this not from since when can i in at was are',
)
const OTHERS = wordsOf(`
  der die das und ich nicht seit mit ist im ein eine den bei wie was meine mein auch nach auf
  le la les des et je pas une un que depuis pour mon ma dans est avec quoi du au sur
  el los las y de con una tengo desde hace por mi qué para es en muy
  il che non di per una mio da sono gli ho alla
  się nie na z od mam jest jak w co
  het een niet van en ik mijn sinds
  og jeg ikke det som har jag och inte på
  o os uma não com meu minha dor tenho
`)

/** Whether a text is in English, as far as its common words and its letters tell. */
export function isEnglish(text: string) {
  const words = text.toLowerCase().match(WORD) ?? []
  const countOf = (known: ReadonlySet<string>) => words.filter((word) => known.has(word)).length
  const foreign = words.filter((word) => !LATIN.test(word)).length
  return countOf(OTHERS) <= countOf(ENGLISH) + IN_NAMES && foreign <= words.length / 2
}
