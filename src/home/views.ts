import type { ContentsEntry } from '../categories/views.ts'
import type { ListedQuestion } from '../questions/views.ts'

declare module '../plugins/views.ts' {
  interface Views {
    'home/show': { entries: ContentsEntry[]; answered: ListedQuestion[] }
    'home/_ask': Record<never, never>
    'home/_answered': { answered: ListedQuestion[] }
  }
}
