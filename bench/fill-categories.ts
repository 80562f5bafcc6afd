import { createCategory } from '../src/categories/tree-queries.ts'
import type { Writer } from '../src/database/types.ts'

const BRANCHES = 9
const LEAVES = 190

/** The lowest categories of the tree, each with the ids from the root down to itself. */
type Leaf = { path: string; trail: number[] }

/** 200 categories on three levels below one root, which so holds every question. */
export async function fillCategories(db: Writer) {
  const root = await createCategory(db, { parentId: null, ...named('Bones and joints') })
  const branches = []
  for (let index = 0; index < BRANCHES; index++)
    branches.push(await createCategory(db, { parentId: root.id, ...named(`Region ${index + 1}`) }))
  const leaves: Leaf[] = []
  for (let index = 0; index < LEAVES; index++) {
    const branch = branches[index % BRANCHES]!
    const leaf = await createCategory(db, { parentId: branch.id, ...named(`Complaint ${index + 1}`) })
    leaves.push({ path: leaf.path, trail: [root.id, branch.id, leaf.id] })
  }
  return { root: { id: root.id, path: root.path }, leaves }
}

const named = (name: string) => ({
  name,
  slug: name.toLowerCase().replaceAll(' ', '-'),
  description: 'What it is, how it comes about and what helps.',
})
