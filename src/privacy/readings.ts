import { EXPERT_READINGS } from './expert-readings.ts'
import type { Field, Reading } from './reading-kinds.ts'

const AGES = {
  'under-18': 'Under 18',
  '18-29': '18 to 29',
  '30-39': '30 to 39',
  '40-49': '40 to 49',
  '50-59': '50 to 59',
  '60-69': '60 to 69',
  '70-79': '70 to 79',
  '80-plus': '80 or over',
}
const DURATIONS = { days: 'Days', weeks: 'Weeks', months: 'Months', years: 'Years' }
const ROLES = { member: 'Member', expert: 'Expert', moderator: 'Moderator', administrator: 'Administrator' }
const AUDIENCES = {
  '': 'Everybody',
  experts: 'In confidence, the experts of its category',
  expert: 'In confidence, one expert',
}
const OUTCOMES = { 'much-better': 'Much better', better: 'A little better', same: 'The same', worse: 'Worse' }
const CONSENTS = {
  'health-data': 'Keeping what you tell us about your health',
  publication: 'Publishing your questions',
  'follow-up-mail': 'Mail that asks how you are',
  research: 'Research',
}
const HIDDEN: Field[] = [
  ['hiddenAt', 'Not shown to others since', 'moment'],
  ['hiddenReason', 'Why our staff hid it', 'text'],
]

/** By the name of what is handed out. */
export const READINGS: Record<string, Reading> = {
  ...EXPERT_READINGS,
  account: {
    fields: [
      ['name', 'Name'],
      ['email', 'E-mail address'],
      ['emailVerified', 'You confirmed the address', 'yes'],
      ['role', 'Role', ROLES],
      ['twoFactorEnabled', 'A second step protects it', 'yes'],
      ['ageConfirmedAt', 'You said that you are old enough', 'day'],
      ['outcomeMailsStoppedAt', 'You want no mail that asks how you are since', 'day'],
      ['isOnCall', 'On call', { true: 'Yes', false: '' }],
      ['createdAt', 'Made', 'moment'],
      ['updatedAt', 'Last changed', 'moment'],
    ],
    rest: ['id', 'image', 'isExample', 'closedAt'],
  },
  questions: {
    fields: [
      ['title', 'Your question'],
      ['categoryId', 'Category', 'category'],
      ['body', 'The whole story', 'text'],
      ['ageBand', 'Age', AGES],
      ['duration', 'How long', DURATIONS],
      ['tried', 'Tried so far', 'text'],
      ['imaging', 'Scans and tests', 'text'],
      ['askerName', 'Shown under the name'],
      ['isPseudonym', 'That is a made-up name', 'yes'],
      ['audience', 'Who may read it', AUDIENCES],
      ['addresseeId', 'The expert you asked', 'expert'],
      ['status', 'Where it stands', { open: 'Open', answered: 'Answered', closed: 'Closed' }],
      ['createdAt', 'Asked', 'moment'],
      ['publishAt', 'To be published', 'moment'],
      ['editedAt', 'Last edited', 'moment'],
      ['staffEditedAt', 'Last edited by our staff', 'moment'],
      ['answerCount', 'Answers'],
      ['answeredAt', 'First answered', 'moment'],
      ['closedAt', 'Closed', 'moment'],
      ['commentCount', 'Replies and questions beside the answers'],
      ['referralCount', 'How often experts passed it on'],
      ['claimedUntil', 'An expert was answering it until', 'moment'],
      ['clarifyingSince', 'Experts wait for your reply since', 'moment'],
      ['widenedAt', 'Shown to more experts since', 'moment'],
      ['unattendedAt', 'Nobody could answer it since', 'moment'],
      ...HIDDEN,
      ['heldAt', 'Kept for a moderator to read since', 'moment'],
      ['isIdentityUnseen', 'You have yet to look at what may tell who you are', 'yes'],
      ['flaggedAt', 'When our program last took something in it for urgent', 'moment'],
      ['withdrawnAt', 'You took it back', 'moment'],
      ['erasedAt', 'Its text was deleted', 'moment'],
    ],
    rest: [
      ...['id', 'slug', 'excerpt', 'version', 'askerId', 'closedById', 'hiddenById', 'claimedById', 'claimedAt'],
      ...['pausedSeconds', 'waitsFrom', 'changedAt'],
    ],
  },
  marks: {
    note: 'A program looks for words that may mean an emergency, so that somebody can help quickly. It knows only the words, is often wrong, and says nothing about you. Moderators and experts saw the mark; on the page of your question it is not shown.',
    fields: [
      ['questionId', 'In your question', 'question'],
      ['flag', 'The advice that belongs to it', 'flag'],
      ['createdAt', 'When', 'moment'],
      ['isHeld', 'A moderator had to read it first', 'yes'],
      ['seenAt', 'A moderator looked at it', 'moment'],
    ],
    rest: ['isInComment'],
  },
  comments: {
    fields: [
      ['questionId', 'On the question', 'question'],
      [
        'kind',
        'What it is',
        {
          clarification: 'Asked before an answer, or a reply to that',
          'follow-up': 'Beside an answer',
          colleague: 'Among colleagues',
        },
      ],
      ['body', 'What you wrote', 'text'],
      ['authorName', 'Shown under the name'],
      ['createdAt', 'Written', 'moment'],
      ['withdrawnAt', 'You took it back', 'moment'],
      ...HIDDEN,
    ],
    rest: ['id', 'answerId', 'authorId', 'isByAsker', 'hiddenById'],
  },
  drafts: {
    fields: [
      ['questionId', 'On the question', 'question'],
      ['fields', 'What you wrote', 'draft'],
      ['createdAt', 'Begun', 'moment'],
      ['updatedAt', 'Last changed', 'moment'],
      ['expiresAt', 'Deleted by itself', 'moment'],
    ],
    rest: ['id', 'accountId', 'address'],
  },
  revisions: {
    fields: [
      ['questionId', 'On the question', 'question'],
      ['title', 'Title'],
      ['body', 'What it said', 'text'],
      ['writtenAt', 'Written', 'moment'],
      ['replacedAt', 'Changed', 'moment'],
    ],
    rest: ['answerId'],
  },
  thanks: {
    fields: [
      ['answerId', 'For an answer to', 'answer'],
      ['createdAt', 'When', 'moment'],
    ],
    rest: ['accountId'],
  },
  outcomes: {
    fields: [
      ['questionId', 'On the question', 'question'],
      ['week', 'Weeks after the answer'],
      ['dueAt', 'We meant to ask', 'moment'],
      ['sentAt', 'We asked', 'moment'],
      ['outcome', 'You felt', OUTCOMES],
      ['repliedAt', 'You told us', 'moment'],
    ],
    rest: ['id', 'accountId'],
  },
  notices: {
    fields: [
      ['answerId', 'An answer to', 'answer'],
      ['createdAt', 'Since', 'moment'],
    ],
    rest: ['accountId'],
  },
  consents: {
    fields: [
      ['kind', 'For', CONSENTS],
      ['text', 'The words you read', 'text'],
      ['version', 'Version of the words'],
      ['givenAt', 'You allowed it', 'moment'],
      ['withdrawnAt', 'You took it back', 'moment'],
    ],
  },
  'looks-at-yours': {
    fields: [
      ['questionId', 'Your question', 'question'],
      ['by', 'Who', { staff: 'Our staff', 'an expert who has left': 'An expert who has left' }],
      ['day', 'On', 'day'],
      ['count', 'How often that day'],
    ],
  },
  reveals: {
    fields: [
      ['questionId', 'Your question', 'question'],
      ['reason', 'Why', 'text'],
      ['createdAt', 'When', 'moment'],
    ],
  },
  mails: {
    fields: [
      ['subject', 'About'],
      ['recipient', 'To'],
      ['createdAt', 'Written', 'moment'],
      ['sentAt', 'Sent', 'moment'],
      ['lastError', 'What the mail server said', 'text'],
    ],
    rest: ['id', 'accountId', 'attempts', 'nextAttemptAt', 'lockedUntil'],
  },
  sessions: {
    fields: [
      ['userAgent', 'Browser'],
      ['ipAddress', 'Internet address'],
      ['createdAt', 'Signed in', 'moment'],
      ['updatedAt', 'Last used', 'moment'],
      ['expiresAt', 'Ends', 'moment'],
    ],
    rest: ['id', 'accountId'],
  },
  passkeys: {
    fields: [
      ['name', 'Name'],
      ['createdAt', 'Added', 'moment'],
      ['usedAt', 'Last used', 'moment'],
    ],
    rest: ['id', 'accountId', 'counter', 'transports'],
  },
  'harm-reports': {
    fields: [
      ['expertName', 'The answer of'],
      ['questionId', 'To the question', 'question'],
      ['body', 'What worried you', 'text'],
      ['isHiding', 'It hid the answer', 'yes'],
      ['createdAt', 'Reported', 'moment'],
      ['dueAt', 'We had to look until', 'moment'],
      [
        'outcome',
        'What we found',
        {
          upheld: 'It may do harm',
          withdrawn: 'It was wrong',
          corrected: 'It had been put right',
          dismissed: 'It was sound',
        },
      ],
      ['explanation', 'Why', 'text'],
      ['notice', 'What readers were told', 'text'],
      ['decidedAt', 'Decided', 'moment'],
    ],
    rest: [
      ...['id', 'answerId', 'reporterId', 'isByVisitor', 'reporterEmail', 'emailConfirmedAt', 'visitorKey'],
      ...['warnedAt', 'remindedAt', 'escalatedAt', 'decidedById'],
    ],
  },
}
