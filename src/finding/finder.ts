import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'
import { searchOf } from '../search/index.ts'
import { openProvider } from '../search/provider.ts'
import type { Hit, SearchRequest } from '../search/searching.ts'
import { createTally } from './tally.ts'

declare module 'fastify' {
  interface FastifyInstance {
    finder: ReturnType<typeof createFinder>
    /** What people search for. */
    tally: ReturnType<typeof createTally>
  }
}

const MOST_SUGGESTIONS = 4
const LONGEST_WAIT_MS = 1_000

export default fp(async (app: FastifyInstance) => {
  const tally = createTally(app.database, () => app.log.error('searches could not be counted'))
  app.decorate('tally', tally)
  app.decorate('finder', createFinder(app))
  const { embeddings } = app.config
  if (embeddings) searchOf(app.database).understandBy(openProvider(embeddings))
  app.addHook('preClose', tally.flush)
  app.addHook('onListen', async () => searchOf(app.database).start())
  app.addHook('onClose', () => searchOf(app.database).close())
})

function createFinder({ database, log }: FastifyInstance) {
  return {
    async search(request: SearchRequest) {
      try {
        return await searchOf(database).search(request)
      } catch (error) {
        throw new SearchFailed(error)
      }
    },

    /** Answered questions like what somebody is writing. Nobody who asks waits long for them. */
    async suggest(title = '', body = '', { isPrivate = false } = {}): Promise<Hit[]> {
      const kinds = ['question' as const]
      const request = { title, body, isPrivate, limit: MOST_SUGGESTIONS, isAnswered: true, kinds }
      try {
        return closeOnes(await inTime(searchOf(database).suggest(request)), body !== '')
      } catch (error) {
        log.error(new SearchFailed(error))
        return []
      }
    },
  }
}

/** Of a title nearly half must be there, of a long story, which tells much beside, less. */
const LEAST_OF_TITLE = 0.4
const LEAST_OF_STORY = 0.2
/** Of how well the closest fits. */
const LEAST_FIT = 0.35

/** Better none than some that make whoever asks read for nothing. */
function closeOnes(hits: Hit[], isStory: boolean) {
  const least = isStory ? LEAST_OF_STORY : LEAST_OF_TITLE
  const best = Math.max(0, ...hits.map(({ score }) => score))
  return hits.filter(({ isNear, coverage, score }) => isNear || (coverage >= least && score >= best * LEAST_FIT))
}

async function inTime(hits: Promise<Hit[]>) {
  const { promise, resolve } = Promise.withResolvers<Hit[]>()
  const timer = setTimeout(resolve, LONGEST_WAIT_MS, [])
  return Promise.race([hits, promise]).finally(() => clearTimeout(timer))
}

/** Says where it failed and how, and not with what: that would put somebody's words into the log. */
class SearchFailed extends Error {
  readonly statusCode = 503

  constructor(error: unknown) {
    const { name, stack = '', cause } = error as Error & { cause?: { code?: string } }
    super(`a search failed: ${cause?.code ?? name}`)
    this.stack = `${this.message}\n${stack.split('\n').filter(isFrame).join('\n')}`
  }
}

const isFrame = (line: string) => /^\s+at .+:\d+:\d+\)?$/.test(line)
