import process from 'node:process'
import { program } from 'commander'

program.name('forum').description('An ask-an-expert forum.').showHelpAfterError()

program
  .command('serve')
  .description('start the forum')
  .action(async () => {
    const [{ config }, { serve }] = await Promise.all([import('./config.ts'), import('./server.ts')])
    const app = await serve(config)
    console.log(`${config.siteName} is open at ${app.siteOrigin()}${config.basePath}/`)
  })

program
  .command('migrate')
  .description('bring the database up to date')
  .action(async () => {
    const [{ config }, { connect }] = await Promise.all([import('./config.ts'), import('./database/index.ts')])
    const database = await connect(config.databaseUrl)
    await database.migrate()
    await database.close()
  })

try {
  await program.parseAsync()
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
