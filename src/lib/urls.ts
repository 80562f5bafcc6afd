/** Makes addresses inside the site: `url('/ask', { category })` → '/forum/ask?category=…'. Blank values are left out. */
export function createUrl(basePath: string) {
  return (path: string, query: Record<string, string | undefined> = {}) => {
    const given = Object.entries(query).filter((pair): pair is [string, string] => Boolean(pair[1]))
    const search = given.length > 0 ? `?${new URLSearchParams(given)}` : ''
    return `${basePath}${path}${search}`
  }
}

const HERE = 'http://site.invalid'

/** A path on this site as somebody's browser sent it back to us, or `fallback` if it leads anywhere else. */
export function safePath(path: string | undefined, fallback = '/') {
  if (!path?.startsWith('/') || !URL.canParse(path, HERE)) return fallback
  const { origin, pathname, search, hash } = new URL(path, HERE)
  // without its dots '/..//evil.example' begins with two slashes, and would lead there
  return origin === HERE && !pathname.startsWith('//') ? pathname + search + hash : fallback
}

/** A proxy may hand on the whole path or cut the sub-path off: both arrive here as if there were none. */
export const withoutBasePath = (url: string, basePath: string) =>
  basePath && (url === basePath || url.startsWith(`${basePath}/`) || url.startsWith(`${basePath}?`))
    ? url.slice(basePath.length).replace(/^(?!\/)/, '/')
    : url

/** Whether it is the whole address of a page that is sent encrypted, without a name and password in it. */
export function isSecureAddress(text: string) {
  if (!/^https:\/\//i.test(text) || !URL.canParse(text)) return false
  const { protocol, hostname, username, password } = new URL(text)
  return protocol === 'https:' && hostname.includes('.') && !username && !password
}
