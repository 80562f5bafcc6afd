import { type Static, Type } from 'typebox'
import { applicationStatuses } from '../database/schema.ts'
import { COUNTRIES } from '../lib/countries.ts'
import { VISIBLE } from '../lib/form-errors.ts'
import { FormKey, Id } from '../lib/shapes.ts'

const line = (maxLength: number) => Type.String({ minLength: 1, maxLength, pattern: VISIBLE })
const Day = Type.String({ format: 'date' })
const Categories = Type.Optional(Type.Array(Id, { maxItems: 5_000 }))
/** Files that were kept before and are no longer wanted. */
const Without = Type.Optional(Type.Array(Id, { maxItems: 100 }))
const Action = Type.Optional(Type.Enum(['send', 'keep']))

/** What the list of professions says for one that is not on it. */
export const OTHER = 'other'
const ProfessionChoice = Type.String({ pattern: `^([1-9][0-9]{0,8}|${OTHER})$` })

export const ApplicationForm = Type.Object({
  key: FormKey,
  profession: ProfessionChoice,
  title: Type.Optional(Type.String({ maxLength: 100, pattern: VISIBLE })),
  credentials: line(100),
  issuer: line(200),
  number: line(100),
  registerUrl: Type.String({ minLength: 1, maxLength: 500 }),
  country: Type.Enum(COUNTRIES),
  categories: Categories,
  biography: Type.String({ minLength: 20, maxLength: 5_000, pattern: VISIBLE }),
  hasInterests: Type.Enum(['none', 'some']),
  interests: Type.Optional(Type.String({ maxLength: 2_000 })),
  without: Without,
  action: Action,
})

export const RenewalForm = Type.Object({
  key: FormKey,
  number: line(100),
  registerUrl: Type.String({ minLength: 1, maxLength: 500 }),
  remark: Type.Optional(Type.String({ maxLength: 2_000 })),
  without: Without,
  action: Action,
})

export const MessageForm = Type.Object({ body: Type.String({ minLength: 1, maxLength: 2_000 }) })
export const ReplyForm = Type.Object({ body: Type.Optional(Type.String({ maxLength: 2_000 })) })
export const RefusalForm = Type.Object({ reason: Type.String({ minLength: 10, maxLength: 2_000 }) })

const checked = {
  issuer: line(200),
  number: line(100),
  registerUrl: Type.String({ minLength: 1, maxLength: 500 }),
  checkedOn: Day,
  checkAgainOn: Day,
}

export type CheckedForm = Static<typeof CheckedForm>
export const CheckedForm = Type.Object(checked)

export const AcceptanceForm = Type.Object({
  /** The name as it stood before whoever decides. */
  name: Type.Optional(Type.String({ maxLength: 200 })),
  profession: ProfessionChoice,
  title: line(100),
  credentials: line(100),
  categories: Categories,
  ...checked,
})

export const QueueQuery = Type.Object({
  status: Type.Optional(Type.Enum(applicationStatuses.filter((status) => status !== 'draft'))),
  after: Type.Optional(Type.String({ maxLength: 30 })),
})
export const FileParams = Type.Object({ id: Id, fileId: Id })
