import { VivariumError } from '@vivarium/core';
import type { UpdateJob } from '@vivarium/wheel-supply/updates';
import type { OtherCommand } from './commands/help.ts';
import { print } from './terminal/console.ts';
import { printError } from './terminal/print-error.ts';

/** What a process that looks for newer seeds calls in this file. */
export async function runUpdateJob(job: UpdateJob): Promise<void> {
  await (await import('@vivarium/wheel-supply/updates')).runUpdateJob(job);
}

/** The command in virtualenv's manner. @param location the file that `--version` names */
export async function virtualenv(args: readonly string[], location: string): Promise<void> {
  try {
    await (await import('./virtualenv/virtualenv.ts')).virtualenv(args, location);
  } catch (error) {
    const withTraceback = args.includes('--with-traceback');
    process.exitCode = printError(error, { withTraceback, program: 'virtualenv' }) === 2 ? 2 : 1;
  }
}

/** The command: runs what the arguments ask for and sets the exit code. */
export async function main(args: readonly string[]): Promise<void> {
  try {
    await run(args);
  } catch (error) {
    process.exitCode = printError(error, { withTraceback: args.includes('--with-traceback') });
  }
}

async function run([command, ...rest]: readonly string[]): Promise<void> {
  const end = rest.indexOf('--');
  const wantsHelp = rest.slice(0, end === -1 ? undefined : end).some((arg) => arg === '--help' || arg === '-h');
  switch (command) {
    case 'create': {
      if (wantsHelp) return print(await (await import('./commands/help.ts')).createHelp(rest));
      const { create } = await import('./commands/create.ts');
      return create(rest);
    }
    case 'pythons':
    case 'cache':
    case 'plugins':
    case 'schema':
    case 'completion': {
      if (wantsHelp) return print(await (await import('./commands/help.ts')).commandHelp(command));
      return runCommand(command, rest);
    }
    case 'complete':
      return (await import('./commands/complete.ts')).complete(rest);
    case '--version':
    case '-V': {
      const { packageLocation, packageVersion } = await import('./version.ts');
      return print(`vivarium ${packageVersion()} from ${packageLocation()}`);
    }
    case undefined:
    case '--help':
    case '-h':
    case 'help':
      return print((await import('./commands/help.ts')).overview());
    default:
      throw new VivariumError('ARGUMENT_INVALID', `There is no command \`${command}\``, {
        hint: `To make an environment there: \`vivarium create ${command}\`. \`vivarium --help\` lists all commands.`,
      });
  }
}

async function runCommand(command: OtherCommand, args: readonly string[]): Promise<void> {
  switch (command) {
    case 'pythons':
      return (await import('./commands/pythons.ts')).pythons(args);
    case 'cache':
      return (await import('./commands/cache.ts')).cache(args);
    case 'plugins':
      return (await import('./commands/plugins.ts')).plugins(args);
    case 'schema':
      return (await import('./commands/schema.ts')).schema(args);
    case 'completion':
      return (await import('./commands/completion.ts')).completion(args);
  }
}
