import { readdirSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** What an upgrade or a restore set aside, with what SQLite keeps beside it. */
const SET_ASIDE = /^\.(before|replaced)-[\w-]+$/

/** Copies that hold what people have deleted since: those beside the database, made before that day. */
export const listSetAside = (path: string, before: Date) =>
  listOld(dirname(path), before, (name) => {
    const start = basename(path)
    return name.startsWith(start) && SET_ASIDE.test(name.slice(start.length))
  })

/** Those whose names differ from that of `file` in nothing but numbers: backups of other days. */
export function listAlike(file: string, before: Date) {
  const pattern = new RegExp(`^${basename(file).split(/\d+/).map(escaped).join('\\d+')}$`)
  return listOld(dirname(file), before, (name) => pattern.test(name))
}

export function deleteFiles(files: string[]) {
  for (const file of files) rmSync(file)
}

const escaped = (text: string) => text.replace(/[^\w]/g, '\\$&')

const listOld = (folder: string, before: Date, isOne: (name: string) => boolean) =>
  readdirSync(folder)
    .filter(isOne)
    .map((name) => join(folder, name))
    .filter((path) => {
      const found = statSync(path)
      return found.isFile() && found.mtime < before
    })
