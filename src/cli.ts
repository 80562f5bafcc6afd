import { registerHooks } from 'node:module'
import process from 'node:process'
import { type Command, program } from 'commander'

// Node reads drizzle's large package.json anew for each of its ES modules; its other half starts in half the time.
registerHooks({
  resolve: (name, context, next) =>
    next(name, name.startsWith('drizzle-orm') ? { ...context, conditions: ['node', 'require'] } : context),
})

program
  .name('forum')
  .description('An ask-an-expert forum. Settings come from the environment or from .env: docs/operating.md.')
  .configureOutput({ outputError: (text, write) => write(`${text.trim().replace(/\s*\n\s*/g, ' ')}\n`) })

program
  .command('serve')
  .description('start the forum')
  .action(async () => (await import('./commands/serve.ts')).serve())

program
  .command('migrate')
  .description('bring the database up to date; of an SQLite database a copy is kept beside it')
  .action(async () => (await import('./commands/database.ts')).migrateDatabase())

program
  .command('seed')
  .description('add the example content of seed/: what is there already stays as it is, what is missing is added')
  .action(async () => (await import('./commands/seed.ts')).seed())

program
  .command('backup')
  .description('write the SQLite database into one file, while the forum runs')
  .argument('<file>', 'the file to make')
  .option(
    '--keep-days <days>',
    'delete older ones: those called the same but for their date, and copies that upgrades left',
  )
  .action(async (file, options) => (await import('./commands/database.ts')).backUpDatabase(file, options))

program
  .command('restore')
  .description('put a backup in the place of the SQLite database; stop the forum first')
  .argument('<file>', 'a file that backup made')
  .option('--force', 'even if there is a database already: it is set aside')
  .action(async (file, options) => (await import('./commands/database.ts')).restoreDatabase(file, options))

program
  .command('research')
  .description(
    'write what people allow for research into a file, a line of JSON a question, without what tells who they are',
  )
  .argument('<file>', 'the file to make')
  .action(async (file) => (await import('./commands/research.ts')).handOutForResearch(file))

program
  .command('reindex')
  .description('let the search read everything anew')
  .action(async () => (await import('./commands/reindex.ts')).reindexEverything())

program
  .command('doctor')
  .description('say in plain words what is wrong')
  .action(async () => (await import('./commands/doctor.ts')).examine())

const collect = (value: string, before: string[] = []) => [...before, value]

const user = program.command('user').description('accounts')

user
  .command('add')
  .description('make an account; without a password it prints a link that signs in once')
  .usage('<email> --name <name> --role <role> [options]')
  .argument('[email]', 'their address')
  .option('--name <name>', 'their name')
  .option('--role <role>', 'member, expert, moderator or admin')
  .option('--password-stdin', 'read their password from standard input')
  .option('--profession <profession>', 'of an expert, such as Physiotherapist')
  .option('--credentials <credentials>', 'of an expert, such as "MSc, MCSP"; you vouch that they are true')
  .option('--kind <name>', 'of an expert: which of the list of professions, such as Physiotherapist')
  .option('--category <path>', 'of an expert: where they answer, with all below it; may be given again', collect)
  .option('--issuer <name>', 'of an expert: who registers them; you vouch that you have looked')
  .option('--number <number>', 'of an expert: their number there')
  .option('--register <address>', 'of an expert: where anybody can look them up, beginning with https://')
  .option('--check-again <day>', 'of an expert: such as 2027-01-31; a year from now if left out')
  .option('--handle <handle>', "of an expert: the end of their page's address; made from the name if left out")
  .action(async (email, options) => (await import('./commands/user.ts')).addUser(email, options))

user
  .command('list')
  .description('list all accounts: number, role, since when, address, name')
  .action(async () => (await import('./commands/user.ts')).listUsers())

user
  .command('reset-two-factor')
  .description('remove the authenticator app, the passkeys and the recovery codes of an account, and sign it out')
  .argument('<email>', 'their address')
  .action(async (email) => (await import('./commands/user.ts')).resetTwoFactor(email))

const mail = program.command('mail').description('mail')

mail
  .command('test')
  .description('send a mail and show what the mail server says')
  .argument('<address>', 'where to')
  .action(async (address) => (await import('./commands/mail.ts')).testMail(address))

try {
  await program.parseAsync(upToUnknown(program, process.argv.slice(2)), { from: 'user' })
} catch (error) {
  const { inPlainWords } = await import('./commands/plain-words.ts')
  console.error(inPlainWords(error))
  process.exit(1)
}

/** What was typed, up to the first command there is none of: asked for the help of that one, commander shows its own instead. */
function upToUnknown(command: Command, words: string[]): string[] {
  const [first, ...rest] = words
  if (command.commands.length === 0 || first === undefined) return words
  if (first === 'help') return upToUnknown(command, [...rest, '--help'])
  const known = command.commands.find((one) => one.name() === first)
  if (known) return [first, ...upToUnknown(known, rest)]
  return first.startsWith('-') ? words : [first]
}
