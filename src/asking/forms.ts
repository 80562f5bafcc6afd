import { type Static, Type } from 'typebox'
import { ageBands, audiences, durations } from '../database/schema.ts'
import { VISIBLE } from '../lib/form-errors.ts'
import { FormKey } from '../lib/shapes.ts'

export const CountryQuery = Type.Object({ country: Type.Optional(Type.String({ maxLength: 10 })) })

export const AskQuery = Type.Object({
  category: Type.Optional(Type.String({ maxLength: 500 })),
  title: Type.Optional(Type.String({ maxLength: 2_000 })),
  /** The handle of an expert of whom alone it is asked. */
  expert: Type.Optional(Type.String({ maxLength: 200 })),
  draft: Type.Optional(Type.String({ maxLength: 100 })),
})

const text = {
  category: Type.String({ maxLength: 500 }),
  title: Type.String({ minLength: 10, maxLength: 150, pattern: VISIBLE }),
  body: Type.String({ minLength: 20, maxLength: 20_000, pattern: VISIBLE }),
  ageBand: Type.Optional(Type.Enum(ageBands)),
  duration: Type.Optional(Type.Enum(durations)),
  tried: Type.Optional(Type.String({ maxLength: 500 })),
  imaging: Type.Optional(Type.String({ maxLength: 500 })),
  /** Which finds of the scrubber their writer has looked at. */
  seen: Type.Optional(Type.String({ maxLength: 1_000 })),
  /** The red flags whose page their writer has read, with blanks between them. */
  warned: Type.Optional(Type.String({ maxLength: 2_000 })),
  /** What they were doing when that page came. */
  resume: Type.Optional(Type.Enum(['preview', 'draft'])),
  country: Type.Optional(Type.String({ maxLength: 10 })),
}

export type QuestionForm = Static<typeof QuestionForm>
export const QuestionForm = Type.Object({
  ...text,
  shownAs: Type.Optional(Type.Enum(['pseudonym', 'name'])),
  /** None: posted by a program, which then sees to it itself that it posts once. */
  key: Type.Optional(FormKey),
  /** Its asker has seen what was answered already. */
  considered: Type.Optional(Type.String({ maxLength: 10 })),
  audience: Type.Optional(Type.Enum(['everybody', ...audiences])),
  expert: Type.Optional(Type.String({ maxLength: 200 })),
  age: Type.Optional(Type.String({ maxLength: 10 })),
  /** Hours; none: as the forum is set. */
  publishIn: Type.Optional(Type.String({ pattern: '^[0-9]{1,4}$' })),
  action: Type.Optional(Type.Enum(['post', 'preview', 'draft', 'change', 'country'])),
})

export type QuestionEditForm = Static<typeof QuestionEditForm>
export const QuestionEditForm = Type.Object({
  ...text,
  /** The version its editor saw, so that nobody overwrites a change they have not seen. */
  basis: Type.String({ pattern: '^[0-9]{1,16}$' }),
  action: Type.Optional(Type.Enum(['post', 'preview', 'change', 'country'])),
})

type Wish = 'preview' | 'draft' | undefined

/** What somebody wants instead of posting: asked for now, or before a page came between. */
export const wishOf = ({ action, resume }: Record<string, string>): Wish =>
  [action === undefined || action === 'country' ? resume : action].find(
    (wish): wish is 'preview' | 'draft' => wish === 'preview' || wish === 'draft',
  )
