import type { Reading } from './reading-kinds.ts'

const STANCES = { agrees: 'You agreed', 'agrees-with-caveat': 'You agreed, with a caveat', disagrees: 'You disagreed' }
const REFERRALS = {
  category: 'To another category',
  expert: 'To a colleague',
  'in-person': 'To somebody who can see the asker',
}
const STATUSES = {
  draft: 'A draft',
  waiting: 'Waiting for us',
  asked: 'We have asked you something',
  accepted: 'Accepted',
  refused: 'Refused',
  withdrawn: 'You withdrew it',
}

const referred: Reading = {
  fields: [
    ['questionId', 'The question', 'question'],
    ['kind', 'Where to', REFERRALS],
    ['expertName', 'By'],
    ['fromCategoryId', 'From the category', 'category'],
    ['categoryId', 'To the category', 'category'],
    ['toExpertId', 'To', 'expert'],
    ['reason', 'Why', 'text'],
    ['createdAt', 'When', 'moment'],
  ],
  rest: ['id', 'expertId'],
}

/** What only experts and staff have. */
export const EXPERT_READINGS: Record<string, Reading> = {
  answers: {
    fields: [
      ['questionId', 'To the question', 'question'],
      ['body', 'What you wrote', 'text'],
      ['expertName', 'Signed by'],
      ['expertProfession', 'Profession on that day'],
      ['expertCredentials', 'Qualifications on that day'],
      ['createdAt', 'Written', 'moment'],
      ['editedAt', 'Last edited', 'moment'],
      ['acceptedAt', 'The asker said that it answers their question', 'moment'],
      ['thanksCount', 'Thanks'],
      ['countersignCount', 'Second opinions'],
      ['reviewedAt', 'Last looked at again', 'moment'],
      ['reviewedByName', 'By'],
      ['reviewBy', 'To be looked at again by', 'day'],
      ['hiddenAt', 'Not shown to others since', 'moment'],
      ['hiddenReason', 'Why our staff hid it', 'text'],
      ['hiddenNotice', 'What readers are told instead', 'text'],
      ['withdrawnAt', 'Taken back', 'moment'],
      ['recallCount', 'How often it was taken back, put right or restored'],
    ],
    rest: ['id', 'expertId', 'expertRegistrations', 'hiddenById', 'waitSeconds', 'reviewReminder'],
  },
  countersigns: {
    fields: [
      ['answerId', 'On an answer to', 'answer'],
      ['stance', 'What you said', STANCES],
      ['reason', 'Why', 'text'],
      ['expertName', 'Signed by'],
      ['expertProfession', 'Profession on that day'],
      ['expertCredentials', 'Qualifications on that day'],
      ['createdAt', 'When', 'moment'],
      ['editedAt', 'Last edited', 'moment'],
    ],
    rest: ['id', 'expertId'],
  },
  reviews: {
    fields: [
      ['answerId', 'An answer to', 'answer'],
      ['note', 'Your note', 'text'],
      ['expertName', 'Signed by'],
      ['createdAt', 'When', 'moment'],
    ],
    rest: ['id', 'expertId'],
  },
  recalls: {
    fields: [
      ['answerId', 'An answer to', 'answer'],
      ['kind', 'What happened', { withdrawn: 'Taken back', corrected: 'Put right', restored: 'Restored' }],
      ['reason', 'Why', 'text'],
      ['byName', 'Signed by'],
      ['createdAt', 'When', 'moment'],
    ],
    rest: ['id', 'byId'],
  },
  referrals: referred,
  'referred-to-you': referred,
  declines: {
    fields: [
      ['questionId', 'The question', 'question'],
      ['reason', 'Why', 'text'],
      ['createdAt', 'When', 'moment'],
    ],
    rest: ['expertId'],
  },
  routings: {
    fields: [
      ['questionId', 'The question', 'question'],
      ['reason', 'Why', { referred: 'A colleague passed it on', waited: 'It had waited long' }],
      ['createdAt', 'When', 'moment'],
    ],
    rest: ['expertId'],
  },
  claims: {
    fields: [
      ['title', 'The question'],
      ['categoryId', 'Category', 'category'],
      ['claimedAt', 'Since', 'moment'],
      ['claimedUntil', 'Until', 'moment'],
    ],
    rest: [
      ...['id', 'slug', 'isPseudonym', 'status', 'answerCount', 'createdAt', 'editedAt', 'answeredAt', 'closedAt'],
      ...[
        'closedById',
        'version',
        'staffEditedAt',
        'hiddenAt',
        'hiddenById',
        'hiddenReason',
        'audience',
        'addresseeId',
      ],
      ...[
        'unattendedAt',
        'isIdentityUnseen',
        'heldAt',
        'flaggedAt',
        'publishAt',
        'withdrawnAt',
        'erasedAt',
        'claimedById',
      ],
      ...['clarifyingSince', 'pausedSeconds', 'waitsFrom', 'commentCount', 'referralCount', 'widenedAt', 'changedAt'],
    ],
  },
  'asked-of-you': {
    note: 'What somebody asks in confidence is theirs: what it says is not in here.',
    fields: [
      ['categoryId', 'Category', 'category'],
      ['status', 'Where it stands', { open: 'Open', answered: 'Answered', closed: 'Closed' }],
      ['createdAt', 'Asked', 'moment'],
    ],
    rest: [
      ...['id', 'isPseudonym', 'answerCount', 'editedAt', 'answeredAt', 'closedAt', 'claimedAt', 'claimedUntil'],
      ...[
        'closedById',
        'version',
        'staffEditedAt',
        'hiddenAt',
        'hiddenById',
        'hiddenReason',
        'audience',
        'addresseeId',
      ],
      ...[
        'unattendedAt',
        'isIdentityUnseen',
        'heldAt',
        'flaggedAt',
        'publishAt',
        'withdrawnAt',
        'erasedAt',
        'claimedById',
      ],
      ...['clarifyingSince', 'pausedSeconds', 'waitsFrom', 'commentCount', 'referralCount', 'widenedAt', 'changedAt'],
    ],
  },
  looks: {
    fields: [
      ['questionId', 'The question', 'question'],
      ['day', 'On', 'day'],
      ['count', 'How often that day'],
      ['isStaff', 'As one of our staff', 'yes'],
    ],
    rest: ['id', 'accountId', 'firstAt', 'lastAt'],
  },
  expert: {
    fields: [
      ['handle', 'Address of your page'],
      ['profession', 'Profession'],
      ['credentials', 'Qualifications'],
      ['registration', 'Registration'],
      ['country', 'Country'],
      ['biography', 'About you', 'text'],
      ['interests', 'What might sway you', 'text'],
      ['practice', 'Where you work'],
      ['practiceUrl', 'Its page'],
      ['answerCount', 'Answers'],
      ['verifiedAt', 'Verified', 'moment'],
      ['verifiedUntil', 'To be checked again by', 'day'],
      ['capacity', 'Questions you take at once'],
      ['leaveUntil', 'On leave until', 'day'],
      ['deskMail', 'A daily letter tells you what waits', 'yes'],
      ['createdAt', 'Since', 'moment'],
    ],
    rest: ['accountId', 'professionId', 'verifiedById', 'deskMailedAt'],
  },
  'expert-categories': { fields: [['categoryId', 'Category', 'category']], rest: ['expertId'] },
  credentials: {
    fields: [
      ['issuer', 'Registered with'],
      ['number', 'Number'],
      ['registerUrl', 'Where it can be looked up'],
      ['checkedAt', 'Checked', 'day'],
      ['checkAgainAt', 'To be checked again', 'day'],
      ['createdAt', 'Entered', 'moment'],
    ],
    rest: ['id', 'expertId', 'checkedById', 'remindedDays'],
  },
  applications: {
    fields: [
      ['status', 'Where it stands', STATUSES],
      ['profession', 'Profession'],
      ['credentials', 'Qualifications'],
      ['issuer', 'Registered with'],
      ['number', 'Number'],
      ['registerUrl', 'Where it can be looked up'],
      ['country', 'Country'],
      ['biography', 'About you', 'text'],
      ['interests', 'What might sway you', 'text'],
      ['reason', 'Why we decided so', 'text'],
      ['createdAt', 'Begun', 'moment'],
      ['changedAt', 'Last changed', 'moment'],
      ['decidedAt', 'Decided', 'moment'],
    ],
    rest: ['id', 'accountId', 'credentialId', 'professionId', 'decidedById'],
  },
  'application-messages': {
    fields: [
      ['body', 'What you wrote', 'text'],
      ['isByStaff', 'As one of our staff', 'yes'],
      ['createdAt', 'When', 'moment'],
    ],
    rest: ['id', 'applicationId', 'authorId'],
  },
  'staff-actions': {
    fields: [
      ['action', 'What', 'action'],
      ['reason', 'Why', 'text'],
      ['createdAt', 'When', 'moment'],
    ],
    rest: ['id', 'actorId', 'subjectKind', 'subjectId'],
  },
}
