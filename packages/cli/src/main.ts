import { isVivariumError } from '@vivarium/core/host';
import type { UpdateJob } from '@vivarium/wheel-resolver/updates';
import { commands } from './commands/table.ts';
import { print } from './terminal/console.ts';
import { printError } from './terminal/print-error.ts';

/** What a process that looks for newer seeds calls in this file. */
export async function runUpdateJob(job: UpdateJob): Promise<void> {
  await (await import('@vivarium/wheel-resolver/updates')).runUpdateJob(job);
}

/** The command with virtualenv's profile. @param location the file that `--version` names */
export async function virtualenv(args: readonly string[], location: string): Promise<void> {
  try {
    await (await import('./virtualenv/virtualenv.ts')).virtualenv(args, location);
  } catch (error) {
    const withTraceback = args.includes('--with-traceback');
    process.exitCode = printError(error, { withTraceback, program: 'virtualenv' }) === 2 ? 2 : 1;
    await reportBug(error, 'virtualenv', args);
  }
}

/** The command: runs what the arguments ask for and sets the exit code. */
export async function main(args: readonly string[]): Promise<void> {
  try {
    await run(args);
  } catch (error) {
    process.exitCode = printError(error, { withTraceback: args.includes('--with-traceback') });
    await reportBug(error, 'vivarium', args);
    // Where standard output can't be written, a document can't either.
    if (isVivariumError(error) && error.code === 'OUTPUT_NOT_WRITABLE') return;
    const { printFailure } = await import('./json/print-failure.ts');
    await printFailure(error, args);
  }
}

/** For an error that is not expected: says where to report it. */
async function reportBug(error: unknown, program: string, args: readonly string[]): Promise<void> {
  if (isVivariumError(error)) return;
  const { printBugReport } = await import('./terminal/bug-report.ts');
  printBugReport(error, program, args);
}

async function run([name, ...args]: readonly string[]): Promise<void> {
  const entry = commands.find((one) => one.name === name);
  if (entry === undefined) return (await import('./commands/no-command.ts')).noCommand(name, args);
  const { command } = await entry.load();
  if (!wantsHelp(args)) return command.run(args, commands);
  const { commandHelp, topicAfterHelp } = await import('./commands/help.ts');
  print(await commandHelp(entry, { args, topic: topicAfterHelp(args) }));
}

function wantsHelp(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  return args.slice(0, end === -1 ? undefined : end).some((arg) => arg === '--help' || arg === '-h');
}
