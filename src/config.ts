import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[?::1\]?)$/

/** Whether a host's name leads back to the machine it is used on. */
export const isLoopback = (host: string) => LOOPBACK.test(host)

/** Whether who listens there is reached at every address of the machine. */
export const isEverywhere = (host: string) => host === '0.0.0.0' || host === '::'

/** Every setting, as text from the environment; `title` says in plain words what it takes. */
const Settings = Type.Object({
  HOST: Type.String({ minLength: 1, default: '127.0.0.1', title: 'an address to listen on, such as 0.0.0.0' }),
  PORT: Type.String({ pattern: '^[0-9]{1,5}$', default: '3000', title: 'a whole number from 0 to 65535' }),
  BASE_URL: Type.Optional(
    Type.String({ pattern: '^https?://[^?#]+$', title: 'the public address, such as https://example.org/forum/' }),
  ),
  DATABASE_URL: Type.String({
    pattern: '^(file:.+|postgres(ql)?://.+)$',
    default: 'file:data/forum.db',
    title: 'file:PATH for SQLite or postgres://… for PostgreSQL',
  }),
  SITE_NAME: Type.String({ minLength: 1, default: 'Bone Health', title: 'the name of the site' }),
  SMTP_URL: Type.Optional(
    Type.String({ pattern: '^smtps?://.+', title: 'smtp://USER:PASSWORD@HOST:PORT or smtps://…' }),
  ),
  MAIL_FROM: Type.Optional(
    Type.String({ pattern: '^[^\\s<>@,]+@[^\\s<>@,]+$', title: 'one address alone, such as forum@example.org' }),
  ),
  CONTACT: Type.Optional(
    Type.String({
      pattern: '^(https://[^\\s<>"]+|[^\\s<>@,/:?#"]+@[^\\s<>@,/:?#"]+)$',
      title: 'an e-mail address or the https address of a page',
    }),
  ),
  SECRET: Type.Optional(Type.String({ minLength: 32, title: 'at least 32 random characters' })),
  NODE_ENV: Type.Enum(['production', 'development', 'test'], {
    default: 'development',
    title: 'production, development or test',
  }),
  WORKERS: Type.String({ pattern: '^[1-9][0-9]?$', default: '1', title: 'a whole number from 1 to 99' }),
  LOG_LEVEL: Type.Optional(
    Type.Enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      title: 'fatal, error, warn, info, debug, trace or silent',
    }),
  ),
  EMBEDDINGS_URL: Type.Optional(
    Type.String({ pattern: '^https?://[^?#]+$', title: 'an address such as http://127.0.0.1:8080/v1' }),
  ),
  EMBEDDINGS_MODEL: Type.Optional(Type.String({ minLength: 1, title: 'the name of a model' })),
  EMBEDDINGS_KEY: Type.Optional(Type.String({ minLength: 1 })),
  PUBLISH_AFTER: Type.String({
    pattern: '^(0|[1-9][0-9]{0,2})( (0|[1-9][0-9]{0,2})){0,5}$',
    default: '0 1 24',
    title: 'hours to choose from, such as 0 1 24; the first holds unless an asker chooses',
  }),
  CLAIM_HOURS: Type.String({ pattern: '^[1-9][0-9]?$', default: '4', title: 'a whole number of hours from 1 to 99' }),
  COUNTRY: Type.String({ pattern: '^[A-Z]{2}$', default: 'GB', title: 'two capital letters, such as GB' }),
  MINIMUM_AGE: Type.Optional(
    Type.String({ pattern: '^(0|1[0-8])$', title: 'a whole number of years from 10 to 18, or 0 to ask nobody' }),
  ),
  SEED: Type.Optional(Type.Enum(['on', 'off'], { title: 'on or off' })),
  TWO_FACTOR: Type.Optional(Type.Enum(['required', 'optional'], { title: 'required or optional' })),
  REVIEW_MONTHS: Type.String({ pattern: '^[1-9][0-9]{0,2}$', default: '24', title: 'a whole number from 1 to 999' }),
  FOLLOW_UP_DAYS: Type.String({
    pattern: '^[0-9]{1,3}$',
    default: '14',
    title: 'a whole number of days from 0 to 999; 0 takes no follow-up questions',
  }),
  TRUST_PROXY: Type.String({
    pattern: '^(on|off|[1-9])$',
    default: 'off',
    title: 'off, on (behind a proxy that sets X-Forwarded-For) or how many proxies stand in a row',
  }),
})

export class SettingError extends Error {}

export type Config = ReturnType<typeof readConfig>

/** @throws {SettingError} one plain line that names the setting, what it held and what it takes */
export function readConfig(environment: Record<string, string | undefined>) {
  const settings = readSettings(environment)
  const baseUrl = settings.BASE_URL === undefined ? undefined : readBaseUrl(settings.BASE_URL)
  const isProduction = settings.NODE_ENV === 'production'
  const trustProxy = readProxies(settings.TRUST_PROXY)
  const isLocal = isLoopback(settings.HOST) && (baseUrl === undefined || isLoopback(baseUrl.hostname))
  const isTrial = isLocal && !isProduction && trustProxy === 0

  return Object.freeze({
    host: settings.HOST,
    port: Number(settings.PORT),
    baseUrl,
    /** The sub-path everything lives below, without a slash at its end: '' or '/forum'. */
    basePath: baseUrl?.pathname.replace(/\/$/, '') ?? '',
    databaseUrl: settings.DATABASE_URL,
    siteName: settings.SITE_NAME,
    smtpUrl: settings.SMTP_URL,
    mailFrom: settings.MAIL_FROM ?? `forum@${baseUrl?.hostname ?? 'localhost'}`,
    /** Where readers reach those who run the forum: an e-mail address, or the address of a page. */
    contact: settings.CONTACT,
    secret: settings.SECRET,
    isProduction,
    /** Whether experts and staff take a second step at sign-in before they may do anything as such. */
    requiresTwoFactor: settings.TWO_FACTOR ? settings.TWO_FACTOR === 'required' : isProduction,
    /** Somebody is trying the forum out on their own machine: only then may it show what would otherwise be mailed. */
    isTrial,
    /** Who turns texts into meanings, if anybody: only then does what people write leave this machine. */
    embeddings: readEmbeddings(settings),
    workers: Number(settings.WORKERS),
    logLevel: settings.LOG_LEVEL ?? (isTrial ? 'warn' : 'info'),
    /** An empty database is filled with the example content: outside a trial only if somebody asks for it. */
    seed: settings.SEED ? settings.SEED === 'on' : isTrial,
    ...readCustoms(settings),
    /** How many proxies stand before this program: what a visitor writes into X-Forwarded-For counts for nothing. */
    trustProxy,
  })
}

/** What an expert, an asker and an answer are given time for, and where they are. */
const readCustoms = (settings: Static<typeof Settings>) => ({
  /** For how long an expert who takes a question holds it. */
  claimHours: Number(settings.CLAIM_HOURS),
  /** After how many hours an asker may have their question published. */
  publishAfter: settings.PUBLISH_AFTER.split(' ').map(Number),
  /** How long an asker may come back to an answer; 0: not at all. */
  followUpDays: Number(settings.FOLLOW_UP_DAYS),
  /** After so many months an answer is looked at again, where its category says nothing else. */
  reviewMonths: Number(settings.REVIEW_MONTHS),
  /** Whose emergency numbers are shown unless somebody chooses a country. */
  country: settings.COUNTRY,
  /** From what age somebody may ask; as it is in their country unless set. */
  minimumAge: settings.MINIMUM_AGE === undefined ? undefined : Number(settings.MINIMUM_AGE),
})

function readSettings(environment: Record<string, string | undefined>) {
  const given = Object.entries(environment).filter(([name, value]) => name in Settings.properties && value)
  const settings = Value.Default(Settings, Object.fromEntries(given)) as Static<typeof Settings>
  for (const [name, shape] of Object.entries(Settings.properties)) {
    const value = settings[name as keyof typeof settings]
    if (value !== undefined && !Value.Check(shape, value)) throw wrong(name, value)
  }
  if (Number(settings.PORT) > 65_535) throw wrong('PORT', settings.PORT)
  return settings
}

/** The key that signs cookies: the setting, or one made once and kept beside an SQLite database. */
export function findSecret({ secret, databaseUrl }: Pick<Config, 'secret' | 'databaseUrl'>) {
  if (secret) return secret
  if (!databaseUrl.startsWith('file:'))
    throw new SettingError('SECRET is not set; with PostgreSQL it takes at least 32 random characters.')
  const file = join(dirname(databaseUrl.slice('file:'.length)), 'secret')
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' })
  }
  return readFileSync(file, 'utf8').trim()
}

type EmbeddingSettings = { EMBEDDINGS_URL?: string; EMBEDDINGS_MODEL?: string; EMBEDDINGS_KEY?: string }

function readEmbeddings({ EMBEDDINGS_URL: url, EMBEDDINGS_MODEL: model, EMBEDDINGS_KEY: key }: EmbeddingSettings) {
  if (url === undefined) return undefined
  if (!URL.canParse(url)) throw wrong('EMBEDDINGS_URL', url)
  if (model === undefined)
    throw new SettingError('EMBEDDINGS_MODEL is not set; EMBEDDINGS_URL takes the name of a model.')
  return { url: url.replace(/\/+$/, ''), model, key }
}

const readProxies = (text: string) => (text === 'off' ? 0 : text === 'on' ? 1 : Number(text))

function readBaseUrl(text: string) {
  if (!URL.canParse(text)) throw wrong('BASE_URL', text)
  return new URL(text)
}

function wrong(name: string, value: unknown) {
  const shape = Settings.properties[name as keyof typeof Settings.properties]
  return new SettingError(`${name} is "${value}"; it takes ${(shape as { title?: string }).title}.`)
}

if (existsSync('.env')) process.loadEnvFile('.env')

/** This process's settings. Functions that a test wants to try with others take a `Config` instead. */
export const config = readConfig(process.env)
