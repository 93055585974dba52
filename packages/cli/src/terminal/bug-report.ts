import { userInfo } from 'node:os';
import { messageOf } from '@vivarium/core/host';
import { homeDirectory, printable } from '@vivarium/core/internal';
import manifest from '../../package.json' with { type: 'json' };
import { currentDirectory } from '../start/cwd.ts';
import { tell } from './console.ts';
import { writeMessage } from './write.ts';

/** Where bugs are reported, or `undefined` as long as package.json names no place. */
const ISSUES: string | undefined = (manifest as { readonly bugs?: { readonly url: string } }).bugs?.url;

/** How many calls of a stack are reported. */
const CALLS = 8;

/** What a bug report says of one error. None of it names the user, a file of theirs, or a value that they typed. */
export interface BugReport {
  /** The command, with the names of its options. */
  readonly what: string;
  readonly versions: string;
  readonly system: string;
  readonly error: string;
}

/** The report of an unexpected error. @param args what was typed behind the name of the program */
export function bugReport(error: unknown, program: string, args: readonly string[]): BugReport {
  return {
    what: [program, ...namesOnly(args)].join(' '),
    versions: `vivarium ${manifest.version}, Node.js ${process.versions.node}`,
    system: `${process.platform} ${process.arch}`,
    error: impersonal(stackOf(error)),
  };
}

/** Shows where to report an unexpected error, and what to paste there. */
export function printBugReport(error: unknown, program: string, args: readonly string[]): void {
  const report = bugReport(error, program, args);
  writeMessage('\n');
  tell(
    'cyan',
    'hint:',
    'This is a bug in vivarium. Please report it, with this text, which names neither you nor your files:',
  );
  writeMessage(`\n${printable(textOf(report))}\n`);
  if (ISSUES !== undefined) writeMessage(`\nThis address has it filled in:\n${addressOf(ISSUES, report)}\n`);
}

/** The form for bugs, filled in. The names are those of its fields. */
function addressOf(issues: string, report: BugReport): string {
  const fields = { template: 'bug.yml', what: `${report.what}\n${report.error}`, environment: report.versions };
  return `${issues}/new?${new URLSearchParams({ ...fields, system: report.system })}`;
}

function textOf({ what, versions, system, error }: BugReport): string {
  return [what, `${versions}, ${system}`, error]
    .join('\n')
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');
}

/** Names of commands and options; what follows them may be anything. */
function namesOnly(args: readonly string[]): readonly string[] {
  return args.map((arg, index) => {
    const name = /^(--[a-z][a-z-]*|-[a-zA-Z])(?![\w])/.exec(arg)?.[1];
    if (name !== undefined) return name === arg ? arg : `${name}=…`;
    return index === 0 && /^[a-z][a-z-]*$/.test(arg) ? arg : '…';
  });
}

function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return messageOf(error);
  const calls = (error.stack ?? '').split('\n').filter((line) => /^ {4}at /.test(line));
  const cause = error.cause === undefined ? [] : [`caused by ${stackOf(error.cause)}`];
  return [`${error.name}: ${error.message}`, ...calls.slice(0, CALLS), ...cause].join('\n');
}

/** Without paths, except for the name of a file in a line of a stack, and without the user's name. */
function impersonal(text: string): string {
  const hidden = [currentDirectory(), homeDirectory(process.env), userName()];
  return hidden
    .filter((value) => value !== undefined && value.length > 2)
    .reduce(
      (rest: string, value = '') => rest.replaceAll(value, '…'),
      text.split('\n').map(withoutDirectory).join('\n'),
    )
    .replace(QUOTED_PATH, '…')
    .replace(PATH, '…');
}

/** A line of a stack ends with a place in a file: of its path only the file's name says something to others. */
function withoutDirectory(line: string): string {
  const place = /[\\/]([\w.-]{1,99}:\d{1,9}:\d{1,9}\)?)$/.exec(line);
  if (place === null) return line;
  return `${line.slice(0, line.search(/file:\/\/|[A-Za-z]:[\\/]|[\\/]/))}${place[1]}`;
}

const QUOTED_PATH = /(?<=(['"`]))(?:[A-Za-z]:|…)?[\\/].*?(?=\1)/g;
const PATH = /(?:…(?:[\\/][^\s\\/()'"`:]+)+|(?:[A-Za-z]:)?(?:[\\/][^\s\\/()'"`:]+){2,})[\\/]?/g;

function userName(): string | undefined {
  try {
    const { username } = userInfo();
    return username.length < 3 ? undefined : username;
  } catch {
    // A user without an entry has no name either.
    return undefined;
  }
}
