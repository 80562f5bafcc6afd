import type { Page } from '../plugins/views.ts'
import type { Place } from './places.ts'

/** Why nothing more can be said there. */
export const refusals = ({ t }: Page, { expertName: name = '' }: Pick<Place, 'expertName'>) => ({
  closed: t('This question was closed or taken down while you were writing. Your text is kept in your drafts.'),
  unread: t('This answer was taken down while you were writing. Your text is kept in your drafts.'),
  left: t('Whoever asked this has left, so nobody can reply. Your text is kept in your drafts.'),
  unasked: t('What you are replying to has been taken back. Your text is kept in your drafts.'),
  late: t('The time for follow-up questions to {name} is over. Your text is kept in your drafts. Please ask anew.', {
    name,
  }),
  enough: t('You have written several times in a row. Please wait for a reply. Your text is kept in your drafts.'),
  'out-of-scope': t('This category is outside what you may answer. Your text is kept in your drafts.'),
})
