import { config, SettingError } from '../config.ts'
import { deliver, openTransport } from '../notifications/smtp.ts'
import { inPlainWords } from './plain-words.ts'

type Entry = { tnx?: string }

/** Sends a letter and prints what was said to the mail server and what it said. */
export async function testMail(recipient: string) {
  if (!config.smtpUrl)
    throw new SettingError('SMTP_URL is not set; it takes smtp://USER:PASSWORD@HOST:PORT or smtps://…')
  const now = new Date()
  const transport = openTransport(config.smtpUrl, { debug: true, logger: dialogue() })
  try {
    await deliver(transport, config, {
      id: 0,
      createdAt: now,
      recipient,
      subject: `Test from ${config.siteName}`,
      text: `If you can read this, ${config.siteName} can send mail.\n`,
    })
  } catch (error) {
    throw new Error(`The mail was not accepted: ${inPlainWords(error)}`)
  }
  console.log(`The mail server has accepted it. Look into the mailbox of ${recipient}.`)
}

/** Prints only what goes over the line; passwords are left out by nodemailer. */
function dialogue() {
  const print = ({ tnx }: Entry, text: string) => {
    if (tnx === 'client' || tnx === 'server') console.log(`${tnx === 'client' ? '>' : '<'} ${text}`)
  }
  return { trace: print, debug: print, info: print, warn: print, error: print, fatal: print }
}
