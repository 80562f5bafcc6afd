import type { Answer, BreadcrumbList, Comment, Graph, Person, ProfilePage, QAPage, Thing } from 'schema-dts'

type Author = { name: string; url?: string; jobTitle?: string; honorificSuffix?: string }

type QuestionData = {
  name: string
  text: string
  author: Author
  datePublished: Date
  dateModified?: Date
  answers: AnswerData[]
  /** What experts asked back, and what was said to that. */
  comments?: CommentData[]
  /** When an expert last looked whether an answer still holds, and who. */
  lastReviewed?: Date
  reviewedBy?: Author
}
export type AnswerData = {
  text: string
  url: string
  author: Author
  datePublished: Date
  dateModified?: Date
  /** Whoever asked said that this one answers their question. */
  isAccepted?: boolean
  comments?: CommentData[]
}
export type CommentData = { text: string; author: Author; datePublished: Date }

/**
 * A page of one question, as Google's QAPage asks for it: full texts, every answer counted, dates in ISO 8601,
 * an accepted answer only where somebody accepted it.
 * @see https://developers.google.com/search/docs/appearance/structured-data/qapage
 */
export const qaPage = (question: QuestionData): QAPage => ({
  '@type': 'QAPage',
  ...(question.lastReviewed ? { lastReviewed: question.lastReviewed.toISOString().slice(0, 10) } : {}),
  ...(question.reviewedBy ? { reviewedBy: person(question.reviewedBy) } : {}),
  mainEntity: {
    '@type': 'Question',
    name: question.name,
    text: question.text,
    author: person(question.author),
    datePublished: question.datePublished.toISOString(),
    ...(question.dateModified ? { dateModified: question.dateModified.toISOString() } : {}),
    answerCount: question.answers.length,
    ...commented(question),
    ...answered(question.answers),
  },
})

function answered(answers: AnswerData[]) {
  const accepted = answers.find(({ isAccepted }) => isAccepted)
  const others = answers.filter((other) => other !== accepted)
  return {
    ...(accepted ? { acceptedAnswer: answer(accepted) } : {}),
    ...(accepted && others.length === 0 ? {} : { suggestedAnswer: others.map(answer) }),
  }
}

const commented = ({ comments = [] }: { comments?: CommentData[] }) =>
  comments.length > 0 ? { commentCount: comments.length, comment: comments.map(comment) } : {}

const comment = ({ text, author, datePublished }: CommentData): Comment => ({
  '@type': 'Comment',
  text,
  author: person(author),
  datePublished: datePublished.toISOString(),
})

const answer = ({ text, url, author, datePublished, dateModified, comments }: AnswerData): Answer => ({
  '@type': 'Answer',
  text,
  url,
  author: person(author),
  datePublished: datePublished.toISOString(),
  ...(dateModified ? { dateModified: dateModified.toISOString() } : {}),
  ...commented({ comments }),
})

const person = (author: Author): Person => ({ '@type': 'Person', ...author })

type ProfileData = Author & {
  description?: string
  knowsAbout?: string[]
  worksFor?: { name: string; url?: string }
  /** ISO 3166-1, two letters. */
  country?: string
  credentials?: { issuer: string; number: string; url?: string }[]
}

export const profilePage = ({
  credentials = [],
  worksFor,
  country,
  knowsAbout = [],
  ...author
}: ProfileData): ProfilePage => ({
  '@type': 'ProfilePage',
  mainEntity: {
    '@type': 'Person',
    ...author,
    ...(knowsAbout.length > 0 ? { knowsAbout } : {}),
    ...(worksFor ? { worksFor: { '@type': 'Organization', ...worksFor } } : {}),
    ...(country ? { address: { '@type': 'PostalAddress', addressCountry: country } } : {}),
    ...(credentials.length > 0 ? { hasCredential: credentials.map(credential) } : {}),
  },
})

const credential = ({ issuer, number, url }: NonNullable<ProfileData['credentials']>[number]) =>
  ({
    '@type': 'EducationalOccupationalCredential',
    credentialCategory: 'license',
    identifier: number,
    recognizedBy: { '@type': 'Organization', name: issuer },
    ...(url ? { url } : {}),
  }) as const

/** @param items from the home page down; the last is the page itself, and needs no address */
export const breadcrumbList = (items: { name: string; url?: string }[]): BreadcrumbList => ({
  '@type': 'BreadcrumbList',
  itemListElement: items.map(({ name, url }, index) => ({
    '@type': 'ListItem',
    position: index + 1,
    name,
    ...(url ? { item: url } : {}),
  })),
})

/** For `<script type="application/ld+json">`: nothing in it can end the element. */
export function structuredDataHtml(...things: Thing[]) {
  const graph: Graph = { '@context': 'https://schema.org', '@graph': things }
  return JSON.stringify(graph).replace(/</g, '\\u003c')
}
