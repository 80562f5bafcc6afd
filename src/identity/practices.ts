const PLACE =
  /(?:['’]s)?,?(?:[ \t]\p{Ll}{2,12}ly)?[ \t](?:(?:at|from|of|in|with|@)[ \t](?:the[ \t])?|(?<=,[ \t]))(?=\p{Lu})/uy
const PLACE_WORD =
  /(\p{Lu}[\p{L}'’-]{1,30}\.?)(?:[ \t](?=(?:and[ \t]|of[ \t]|&[ \t]|the[ \t])?\p{Lu}))?((?:and|of|&|the)[ \t](?=\p{Lu}))?/uy
const NO_PLACE =
  /^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun|he|she|they|we|it|my|but|and|so|i)(?:[a-z]*)?$/i
const MOST_PLACE_WORDS = 6

/** Where the places end that are told right after whoever treats somebody: "at St Mary's in Leeds". */
export function placeEnd(text: string, start: number): number {
  PLACE.lastIndex = start
  if (!PLACE.exec(text)) return start
  let end = start
  PLACE_WORD.lastIndex = PLACE.lastIndex
  for (let count = 0; count < MOST_PLACE_WORDS; count += 1) {
    const found = PLACE_WORD.exec(text)
    if (!found || (count === 0 && isTime(found[1]!))) break
    end = found.index + found[1]!.length
  }
  return end === start ? start : placeEnd(text, end)
}

const isTime = (word: string) =>
  NO_PLACE.test(word) && (word.length < 4 || /(?:day|ry|ch|il|ay|ne|ly|st|er)$/i.test(word))
