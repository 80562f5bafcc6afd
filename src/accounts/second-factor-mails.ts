import type { Mail } from '../notifications/queries.ts'
import { type Person, type Site, toHolder } from './mails.ts'

export function authenticatorAddedMail(site: Site, account: Person): Mail {
  const { t, siteName } = site
  return changed(site, account, {
    subject: t('An authenticator app has been added to your account'),
    sentence: t('Signing in at {siteName} takes a code of this app from now on.', { siteName }),
  })
}

export function passkeyAddedMail(site: Site, account: Person, name: string): Mail {
  const { t, siteName } = site
  return changed(site, account, {
    subject: t('A passkey has been added to your account'),
    sentence: t('From now on the passkey “{name}” signs you in at {siteName}.', { name, siteName }),
  })
}

export function authenticatorRemovedMail(site: Site, account: Person): Mail {
  const { t, siteName } = site
  return changed(site, account, {
    subject: t('The authenticator app has been removed from your account'),
    sentence: t('Its codes no longer work at {siteName}.', { siteName }),
  })
}

export function passkeyRemovedMail(site: Site, account: Person, name: string): Mail {
  const { t, siteName } = site
  return changed(site, account, {
    subject: t('A passkey has been removed from your account'),
    sentence: t('The passkey “{name}” no longer signs you in at {siteName}.', { name, siteName }),
  })
}

export function twoFactorOffMail(site: Site, account: Person): Mail {
  const { t, siteName } = site
  return changed(site, account, {
    subject: t('Two-step sign-in has been turned off'),
    sentence: t('Your account at {siteName} is no longer asked for a second step.', { siteName }),
  })
}

export function recoveryCodesRenewedMail(site: Site, account: Person): Mail {
  const { t, siteName } = site
  return changed(site, account, {
    subject: t('You have new recovery codes'),
    sentence: t('New recovery codes have been made for your account at {siteName}. Older ones no longer work.', {
      siteName,
    }),
  })
}

/** `left`: how many there are still. */
export function recoveryCodeUsedMail(site: Site, account: Person, left: number): Mail {
  const { t, siteName } = site
  return changed(site, account, {
    subject: t('A recovery code has been used'),
    sentence: t(
      'One of your recovery codes has been used at {siteName}. {left, plural, =0 {None is left: make new ones in your account.} one {One is left: make new ones in your account.} other {# are left.}}',
      { siteName, left },
    ),
  })
}

export function secondFactorsResetMail(site: Site, account: Person): Mail {
  const { t, siteName } = site
  return changed(site, account, {
    subject: t('Two-step sign-in has been reset'),
    sentence: t(
      'The people who run {siteName} have removed your authenticator app, your passkeys and your recovery codes, and signed out all your devices. Sign in again, and set up two-step sign-in anew.',
      { siteName },
    ),
  })
}

function changed(site: Site, account: Person, { subject, sentence }: { subject: string; sentence: string }) {
  const alarm = site.t('If it was not you, or you did not ask for it, choose a new password at once:')
  return toHolder(site, account, { subject, paragraphs: [sentence, alarm], path: '/forgot-password' })
}
