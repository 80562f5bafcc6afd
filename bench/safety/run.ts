/** `npm run bench:safety -- FILE.jsonl`: how well red flags are told from what is not urgent. */
import { scoreSafety, tried } from '../../scripts/learning/safety-score.ts'
import { readTexts } from '../../scripts/learning/safety-texts.ts'
import { originalRules } from '../../src/safety/rule-files.ts'
import { matcherOf } from '../../src/safety/rules.ts'
import { fileOfTexts, printCheck } from '../checks.ts'

const file = fileOfTexts(
  'Which file? npm run bench:safety -- FILE.jsonl, with lines such as {"text": "…", "urgent": true}',
)
const texts = readTexts(file)
const matcher = matcherOf(originalRules())
printCheck(
  scoreSafety(tried(texts, matcher)),
  matcher.check,
  texts.map(({ text }) => text),
)
