import { networkInterfaces } from 'node:os'
import { type Config, isEverywhere } from '../config.ts'

/** Where the other machines of the network reach a forum that listens to all of them. */
export function originsInNetwork({ baseUrl, host }: Pick<Config, 'baseUrl' | 'host'>, port: number) {
  if (baseUrl || !isEverywhere(host)) return []
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => `http://${address}:${port}`)
}
