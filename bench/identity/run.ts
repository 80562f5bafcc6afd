/** `npm run bench:identity -- FILE.jsonl`: how well the scrubber finds what its lines say tells who somebody is. */
import { scoreIdentity } from '../../scripts/learning/identity-score.ts'
import { readTexts } from '../../scripts/learning/identity-texts.ts'
import { findIdentity } from '../../src/identity/finder.ts'
import { fileOfTexts, printCheck } from '../checks.ts'

const file = fileOfTexts(
  'Which file? npm run bench:identity -- FILE.jsonl, with lines such as {"text": "…", "spans": ["…"]}',
)
const texts = readTexts(file)
const check = (text: string) => findIdentity(text)
printCheck(
  scoreIdentity(texts, check),
  check,
  texts.map(({ text }) => text),
)
