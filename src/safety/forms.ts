import { Type } from 'typebox'

export const CountryQuery = Type.Object({ country: Type.Optional(Type.String({ maxLength: 10 })) })

export const OnCallForm = Type.Object({ isOnCall: Type.Optional(Type.Enum(['true'])) })

export const DecisionForm = Type.Object({
  outcome: Type.Enum(['seen', 'publish', 'keep']),
  reason: Type.Optional(Type.String({ maxLength: 500 })),
})

export const QueueQuery = Type.Object({ after: Type.Optional(Type.String({ maxLength: 30 })) })

export const RuleParams = Type.Object({
  kind: Type.Enum(['flag', 'concept', 'country']),
  key: Type.String({ minLength: 1, maxLength: 80 }),
})

/** Small letters, digits, blanks and hyphens; a country is two capitals. */
export const NewRuleQuery = Type.Object({
  kind: Type.Enum(['flag', 'concept', 'country']),
  key: Type.String({ pattern: '^[A-Za-z][A-Za-z0-9 -]{0,60}$' }),
})

export const RuleForm = Type.Object({ rule: Type.String({ minLength: 1, maxLength: 60_000 }) })
export const TrialForm = Type.Object({ text: Type.Optional(Type.String({ maxLength: 20_000 })) })
