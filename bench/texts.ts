import { join } from 'node:path'
import { excerptOf } from '../src/lib/excerpts.ts'
import { renderMarkdown } from '../src/lib/markdown.ts'
import { slugOf } from '../src/lib/slugs.ts'
import { readSeed } from '../src/transfer/seed-files.ts'
import { createRandom } from './random.ts'

const DIFFERENT = 400
const LONGEST_QUESTION = 5
const LONGEST_ANSWER = 9

/** Texts as long and as varied as real ones: paragraphs of the example content, shuffled, each rendered once. */
export function makeTexts() {
  const { questions } = readSeed(join(import.meta.dirname, '../seed'))
  const asked = questions.flatMap(({ body }) => paragraphsOf(body))
  const answered = questions.flatMap(({ answers }) => answers.flatMap(({ body }) => paragraphsOf(body)))
  const random = createRandom(1)
  const textOf = (paragraphs: string[], longest: number) =>
    random.many(paragraphs, 1 + random.below(longest)).join('\n\n')
  return {
    questions: Array.from({ length: DIFFERENT }, () =>
      questionText(random.pick(questions).title, textOf(asked, LONGEST_QUESTION)),
    ),
    answers: Array.from({ length: DIFFERENT }, () => answerText(textOf(answered, LONGEST_ANSWER))),
  }
}

const paragraphsOf = (body: string) => body.split(/\n{2,}/).filter((paragraph) => paragraph.length > 20)

const questionText = (title: string, body: string) => ({
  title,
  slug: slugOf(title),
  body,
  bodyHtml: renderMarkdown(body, 2),
  excerpt: excerptOf(body),
})

const answerText = (body: string) => ({ body, bodyHtml: renderMarkdown(body, 3) })
