import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import type { Config } from '../config.ts'
import { Forbidden, TooManyAttempts } from './errors.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Mail programs post to it from elsewhere (RFC 8058); its link is signed. */
    crossSite?: boolean
  }
}

export default fp(async (app: FastifyInstance, { baseUrl }: Config) => {
  const isHttps = baseUrl?.protocol === 'https:'

  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        baseUri: ["'none'"],
        connectSrc: ["'self'"],
        fontSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        imgSrc: ["'self'", 'data:'],
        manifestSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        ...(isHttps ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    // with no-referrer browsers post forms with "Origin: null"
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: isHttps,
  })

  app.addHook('onRequest', async (request) => {
    if (isRead(request) || request.routeOptions.config.crossSite) return
    if (!isSameOrigin(request, baseUrl)) throw new Forbidden()
  })

  await app.register(rateLimit, {
    global: false,
    errorResponseBuilder: (_request, { ttl }) => new TooManyAttempts(Math.ceil(ttl / 1000)),
  })
})

const isRead = ({ method }: FastifyRequest) => method === 'GET' || method === 'HEAD' || method === 'OPTIONS'

/** Plain http off localhost sends no Sec-Fetch-Site; then Origin must be ours. */
function isSameOrigin({ headers, host }: FastifyRequest, baseUrl: URL | undefined) {
  const site = headers['sec-fetch-site']
  if (site) return site === 'same-origin' || site === 'none'
  if (!headers.origin || !URL.canParse(headers.origin)) return false
  const origin = new URL(headers.origin)
  return baseUrl ? origin.origin === baseUrl.origin : origin.host === host
}
