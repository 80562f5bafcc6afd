import type { ExampleLink } from '../transfer/examples.ts'

type Welcome = {
  siteName: string
  /** Makes a whole address of a path in the site. */
  address: (path: string) => string
  /** Where other machines of the network find it, without BASE_URL. */
  elsewhere: string[]
  links: ExampleLink[]
  firstAdministratorPath?: string
}

/** What stands on the terminal once the forum is open. */
export function welcomeText({ siteName, address, elsewhere, links, firstAdministratorPath }: Welcome) {
  const parts = [`${siteName} is open at\n\n    ${address('/')}`]
  if (elsewhere.length > 0) parts.push(inNetwork(elsewhere))
  if (links.length > 0) parts.push(trial(links, address))
  if (firstAdministratorPath) parts.push(firstAdministrator(address(firstAdministratorPath)))
  return `\n${parts.join('\n\n')}\n`
}

function inNetwork(origins: string[]) {
  const lines = origins.map((origin) => `    ${origin}/`)
  return `Others in your network reach it at

${lines.join('\n')}

Links in mail lead to this machine alone until you set BASE_URL, such as BASE_URL=${origins[0]}/`
}

function trial(links: ExampleLink[], address: Welcome['address']) {
  const lines = links.map(({ as, path }) => `    ${`as an ${as}`.padEnd(22)}${address(path)}`)
  return `Look around as somebody from the example content. Each link works once, within 24 hours:

${lines.join('\n')}

They are shown only because this is a trial on your own machine. Ctrl-C stops the forum.`
}

const firstAdministrator = (
  link: string,
) => `There is no administrator yet. This link makes one of you. It works once, within 24 hours:

    ${link}

Or make one here: npm run forum -- user add YOU@example.org --name "Your name" --role admin`
