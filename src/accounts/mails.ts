import type { Mail } from '../notifications/queries.ts'
import { mailText } from '../notifications/views.ts'
import type { Page } from '../plugins/views.ts'
import { LINK_HOURS } from './link-queries.ts'
import type { Account } from './queries.ts'

export type Site = Pick<Page, 't' | 'siteName' | 'absolute'>
export type Person = Pick<Account, 'id' | 'name' | 'email'>
type Content = { subject: string; paragraphs: string[]; path?: string }

/** To an address nobody has proven to be theirs: what was typed as a name is not repeated to a stranger. */
export function confirmSignUpMail(site: Site, { email, path }: { email: string; path: string }): Mail {
  const { t, siteName } = site
  return toStranger(site, email, {
    subject: t('Confirm your e-mail address'),
    paragraphs: [
      t('Somebody (we hope it was you) has signed up at {siteName} with this address.', { siteName }),
      t('If it was not you, do nothing: without this link no account is made.'),
      openWithin(site, LINK_HOURS['sign-up']),
    ],
    path,
  })
}

/** Instead of a second account. It signs in, since that is what they came for. */
export function alreadySignedUpMail(site: Site, account: Person, path: string): Mail {
  const { t, siteName } = site
  return toHolder(site, account, {
    subject: t('You already have an account'),
    paragraphs: [
      t(
        'Somebody (we hope it was you) wanted to use this address for a new account at {siteName}. It has one already.',
        {
          siteName,
        },
      ),
      t('If you have forgotten your password, sign in with this link and choose a new one in your account.'),
      openWithin(site, LINK_HOURS['sign-in']),
    ],
    path,
  })
}

export function signInMail(site: Site, account: Person, path: string): Mail {
  const { t, siteName } = site
  return toHolder(site, account, {
    subject: t('Your link to sign in'),
    paragraphs: [
      t('Here is the link you asked for. It signs you in at {siteName}.', { siteName }),
      t('If you did not ask for it, do nothing, and give it to nobody.'),
      openWithin(site, LINK_HOURS['sign-in']),
    ],
    path,
  })
}

export function resetPasswordMail(site: Site, account: Person, path: string): Mail {
  const { t, siteName } = site
  return toHolder(site, account, {
    subject: t('Choose a new password'),
    paragraphs: [
      t('With this link you can choose a new password at {siteName}.', { siteName }),
      t('If you did not ask for it, do nothing: your password stays as it is.'),
      openWithin(site, LINK_HOURS['reset-password']),
    ],
    path,
  })
}

/** To somebody who asked for a link and has no account: silence would leave them waiting. */
export function noAccountMail(site: Site, email: string): Mail {
  const { t, siteName } = site
  return toStranger(site, email, {
    subject: t('There is no account with this e-mail address'),
    paragraphs: [
      t('Somebody (we hope it was you) has tried to sign in at {siteName} with this address. No account has it.', {
        siteName,
      }),
      t('You may have signed up with another address. If not, you can do so here:'),
    ],
    path: '/sign-up',
  })
}

export function passwordChangedMail(site: Site, account: Person): Mail {
  const { t, siteName } = site
  return toHolder(site, account, {
    subject: t('Your password has been changed'),
    paragraphs: [
      t('The password of your account at {siteName} has been changed.', { siteName }),
      t('If it was not you, choose a new one at once:'),
    ],
    path: '/forgot-password',
  })
}

export function confirmAddressMail(site: Site, { id, email, path }: { id: number; email: string; path: string }): Mail {
  const { t, siteName } = site
  return written(site, { accountId: id, recipient: email }, undefined, {
    subject: t('Confirm your new e-mail address'),
    paragraphs: [
      t('You would like to use this address for your account at {siteName}.', { siteName }),
      t('If that is news to you, do nothing: nothing will change.'),
      openWithin(site, LINK_HOURS['change-address']),
    ],
    path,
  })
}

/** To the address that is there now, while its holder can still stop it. */
export function addressChangingMail(site: Site, account: Person, email: string): Mail {
  const { t, siteName } = site
  return toHolder(site, account, {
    subject: t('Your e-mail address is about to change'),
    paragraphs: [
      t('Your account at {siteName} is to have a new address: {email}', { siteName, email }),
      t('If it was not you who asked for this, choose a new password now. That stops it:'),
    ],
    path: '/forgot-password',
  })
}

export function addressChangedMail(site: Site, before: Person, email: string): Mail {
  const { t, siteName } = site
  return toHolder(site, before, {
    subject: t('Your e-mail address has been changed'),
    paragraphs: [
      t('Your account at {siteName} now has the address {email}.', { siteName, email }),
      t(
        'If it was not you, write to the people who run {siteName} at once, or reply to this e-mail: they can help you. Change the password of your mailbox, too.',
        { siteName },
      ),
    ],
  })
}

export function closeAccountMail(site: Site, account: Person, path: string): Mail {
  const { t, siteName } = site
  return toHolder(site, account, {
    subject: t('Close your account'),
    paragraphs: [
      t('With this link you can close your account at {siteName} for good.', { siteName }),
      t('If you did not ask for it, do nothing: your account stays as it is.'),
      openWithin(site, LINK_HOURS['close-account']),
    ],
    path,
  })
}

export function accountClosedMail(site: Site, { name, email }: Person): Mail {
  const { t, siteName } = site
  return written(site, { recipient: email }, name, {
    subject: t('Your account is closed'),
    paragraphs: [
      t('Your account at {siteName} is closed. This is our last e-mail to you. All the best!', { siteName }),
    ],
  })
}

const openWithin = ({ t }: Site, hours: number) =>
  t('It works once, within the next {hours, plural, one {hour} other {# hours}}:', { hours })

export const toHolder = (site: Site, { id, name, email }: Person, content: Content) =>
  written(site, { accountId: id, recipient: email }, name, content)

const toStranger = (site: Site, email: string, content: Content) =>
  written(site, { recipient: email }, undefined, content)

function written(
  site: Site,
  to: Pick<Mail, 'accountId' | 'recipient'>,
  name: string | undefined,
  { subject, paragraphs, path }: Content,
): Mail {
  return { ...to, subject, text: mailText(site, { name, paragraphs, link: path && site.absolute(path) }) }
}
