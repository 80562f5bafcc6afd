import { type Static, Type } from 'typebox'
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from './passwords.ts'

const Name = Type.String({ minLength: 1, maxLength: 80 })
const Email = Type.String({ format: 'email', maxLength: 254 })
const NewPassword = Type.String({ minLength: SHORTEST_PASSWORD, maxLength: LONGEST_PASSWORD })
const KnownPassword = Type.String({ minLength: 1, maxLength: LONGEST_PASSWORD })
const Code = Type.String({ minLength: 1, maxLength: 40 })
/** What a passkey answers, as JSON. */
const Answer = Type.String({ minLength: 1, maxLength: 20_000 })
const Token = Type.String({ minLength: 1, maxLength: 100 })
/** The page somebody was on the way to; read it with `safePath`. */
const Next = Type.Optional(Type.String({ maxLength: 2000 }))

export const NextQuery = Type.Object({ next: Next })
/** `later`: they were on the way to a page that may be open to them all the same. */
export const SetUpQuery = Type.Object({ next: Next, later: Type.Optional(Type.String({ maxLength: 10 })) })
export const TokenQuery = Type.Object({ token: Type.Optional(Token) })
export const TokenForm = Type.Object({ token: Token })
export const SessionParams = Type.Object({ id: Type.Integer({ minimum: 1 }) })

export type SignUpForm = Static<typeof SignUpForm>
export const SignUpForm = Type.Object({ name: Name, email: Email, password: NewPassword, next: Next })

export const FirstAdministratorForm = Type.Object({ token: Token, name: Name, email: Email, password: NewPassword })

export const ConfirmationForm = Type.Object({ token: Token, password: Type.Optional(KnownPassword) })

export const SignInForm = Type.Object({ email: Email, password: KnownPassword, next: Next })
/** Asks for a link to be mailed. The sign-in page sends its password field along. */
export const LinkForm = Type.Object({ email: Email, next: Next })

/** Either a code, of the app or from paper, or what a passkey answers. */
export const SecondStepForm = Type.Object({
  code: Type.Optional(Code),
  recoveryCode: Type.Optional(Code),
  passkey: Type.Optional(Answer),
  remember: Type.Optional(Type.String()),
  next: Next,
})
export const PasskeyForm = Type.Object({ passkey: Answer, next: Next })

export const ResetForm = Type.Object({ token: Token, password: NewPassword })

export const NameForm = Type.Object({ name: Name })
export const AddressForm = Type.Object({ email: Email, password: KnownPassword })
export const PasswordForm = Type.Object({ password: KnownPassword, newPassword: NewPassword })

/** A password, or a code; who has just signed in is not asked. */
export const ProofForm = Type.Object({ password: Type.Optional(KnownPassword), next: Next })
export const CodeForm = Type.Object({ code: Code, next: Next })
export const NewPasskeyForm = Type.Object({
  name: Name,
  passkey: Answer,
  password: Type.Optional(KnownPassword),
  next: Next,
})
export const PasskeyParams = Type.Object({ id: Type.Integer({ minimum: 1 }) })

const farewell = {
  texts: Type.Optional(Type.Enum(['anonymous', 'removed'])),
  signature: Type.Optional(Type.Enum(['kept', 'removed'])),
}
export const ClosureForm = Type.Object({ password: KnownPassword, ...farewell })
export const ClosureTokenForm = Type.Object({ token: Token, ...farewell })
