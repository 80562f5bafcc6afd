import { Type } from 'typebox'

/** What experts say of themselves; their name and what was checked about them is staff's. */
export const ProfileForm = Type.Object({
  biography: Type.Optional(Type.String({ maxLength: 5_000 })),
  interests: Type.Optional(Type.String({ maxLength: 1_000 })),
  practice: Type.Optional(Type.String({ maxLength: 200 })),
  practiceUrl: Type.Optional(Type.String({ maxLength: 300 })),
})
