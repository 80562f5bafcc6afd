import type { Config } from '../config.ts'
import { createTranslator } from '../lib/messages.ts'
import { createUrl } from '../lib/urls.ts'
import { originAt } from '../plugins/context.ts'
import type { Page } from '../plugins/views.ts'

/** What a letter needs of a page. */
export type Site = Pick<Page, 't' | 'siteName' | 'absolute' | 'formatDate'>

const { t } = createTranslator('en')
const dateFormat = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })

/** For letters that nobody's request gives rise to. */
export function siteOf(config: Pick<Config, 'baseUrl' | 'basePath' | 'host' | 'port' | 'siteName'>): Site {
  const url = createUrl(config.basePath)
  return {
    t,
    siteName: config.siteName,
    absolute: (path) => originAt(config, config.port) + url(path),
    formatDate: (date) => dateFormat.format(date),
  }
}
