import { promisify } from 'node:util'
import yauzl from 'yauzl'

/** What a zip holds, by name. */
export async function filesIn(archive: Buffer) {
  const zip = await promisify<Buffer, yauzl.Options, yauzl.ZipFile>(yauzl.fromBuffer)(archive, { lazyEntries: true })
  const open = promisify(zip.openReadStream.bind(zip)) as (entry: yauzl.Entry) => Promise<NodeJS.ReadableStream>
  const files: Record<string, string> = {}
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  zip.on('entry', async (entry: yauzl.Entry) => {
    const parts: Buffer[] = []
    for await (const part of await open(entry)) parts.push(part as Buffer)
    files[entry.fileName] = Buffer.concat(parts).toString()
    zip.readEntry()
  })
  zip.on('end', resolve)
  zip.on('error', reject)
  zip.readEntry()
  await promise
  return files
}
