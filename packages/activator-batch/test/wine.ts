import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Helpers, Note, Shell } from '@vivarium/testkit';

/** The directory of a CPython for Windows, on this machine. The root's `test:windows` names it. */
export const windowsPython: string | undefined = process.env.VIVARIUM_WINDOWS_PYTHON;

/** A path of this machine as wine shows it. */
export function windowsPath(path: string): string {
  return `Z:${path.replaceAll('/', '\\')}`;
}

/** Makes a Windows to test in. */
export function makePrefix(): string {
  const prefix = realpathSync(mkdtempSync(join(tmpdir(), 'vivarium-wine-')));
  // A server that stays: otherwise each start of a shell would start Windows first.
  run('wineserver', ['-p'], prefix);
  run('wine', ['wineboot', '-i'], prefix);
  run('wine', ['winecfg', '-v', 'win10'], prefix);
  // What a part of Windows that isn't installed makes of it says nothing.
  if (run('wine', ['cmd', '/c', 'exit 7'], prefix) !== 7) throw new Error(`wine doesn't work in ${prefix}`);
  writeFileSync(cmdOf(prefix), CMD, { mode: 0o755 });
  return prefix;
}

/** Ends everything that runs in it, and takes it away. */
export function removePrefix(prefix: string): void {
  run('wineserver', ['-k'], prefix);
  rmSync(prefix, { recursive: true, force: true });
}

/** What a program under wine needs to know. */
export function wineEnvironment(prefix: string): Readonly<Record<string, string>> {
  return { WINEPREFIX: prefix, WINEDEBUG: '-all', WINEDLLOVERRIDES: 'mscoree=;mshtml=', LC_ALL: 'C.UTF-8' };
}

// What is typed before wine has made the terminal its own would reach it changed.
const CMD = '#!/bin/sh\nif [ -t 0 ]; then stty raw -echo; fi\nexec wine cmd "$@"\n';

function cmdOf(prefix: string): string {
  return join(prefix, 'cmd');
}

function run(program: string, words: readonly string[], prefix: string): number | null {
  const env = { ...process.env, ...wineEnvironment(prefix) };
  const { error, status } = spawnSync(program, words, { env, stdio: 'ignore', timeout: 120_000 });
  if (error !== undefined) throw error;
  return status;
}

/** `wine-8.0 (Debian …)` */
function wineVersion(): string {
  return spawnSync('wine', ['--version'], { encoding: 'utf8' }).stdout.trim();
}

// Before 10 it reads every value that it has put in place of a variable once more.
const everythingTwice = windowsPython !== undefined && Number(/wine-(\d+)/.exec(wineVersion())?.[1]) < 10;

/** A line of a batch file that sets the variable to the value, whatever is in it. */
export function assign(variable: string, value: string): string {
  const text = value.replace(/["&()<>^|]/g, (sign) => `^${sign}`).replaceAll('%', '%%');
  return `@set ${variable}=${text}`;
}

/** wine's cmd.exe, for the conformance suite. */
export function describeCmd(prefix: string): Shell {
  return {
    name: `cmd.exe of ${wineVersion()}`,
    command: [cmdOf(prefix)],
    os: 'nt',
    path: windowsPath,
    env: wineEnvironment(prefix),
    helpers,
    script: 'activate.bat',
    extension: '.bat',
    arguments: (file) => ['/d', '/q', '/c', file.startsWith('/') ? windowsPath(file) : file],
    quote: (text) => `"${text.replaceAll('%', '%%')}"`,
    call: (words) => `@call ${words.join(' ')}`,
    // `call` reads its words twice, and takes no caret as it is; a directory's name is safe with pushd. The last line
    // is for wine, where popd leaves something of the directory behind that endlocal takes for where it was.
    activate: (script) => {
      const file = script.replaceAll('/', '\\');
      const end = file.lastIndexOf('\\');
      const directory = file.slice(0, end).replaceAll('%', '%%');
      return [`@pushd "${directory}"`, `@call ${file.slice(end + 1)}`, '@popd', '@cd /d "%CD%"'].join('\r\n');
    },
    deactivate: () => '@call deactivate.bat',
    include: (file) => `@call ${file}`,
    export: assign,
    unset: (variable) => `@set "${variable}="`,
    copy: (from, to) => `@set "${to}="& if defined ${from} call set "${to}=%%${from}%%"`,
    status: (variable) => `@call set "${variable}=%%ERRORLEVEL%%"`,
    promptVariable: 'PROMPT',
    prompt: { arguments: ['/d', '/k', 'prompt lab$G'], shows: 'lab>' },
    refuses: ({ directory, prompt = '' }) =>
      /["*<>?|;:]|[. ]$/.test(directory) ||
      /[^\P{Cc}\t]/u.test(directory + prompt) ||
      wineFails({ directory, prompt }) !== undefined,
    lacks: {
      alias: 'doskey’s macros are only for lines that are typed',
      empty: 'a variable without a value isn’t there',
      emptyPath: 'a variable without a value isn’t there',
      executed: 'a batch file is always run by the cmd.exe that names it',
      foreign: 'the batch files of the venv module are written on Windows alone',
      foreignHome: 'the batch files of the venv module are written on Windows alone',
      foreignLocale: 'wine reads batch files in no other code page than its own',
      function: 'cmd.exe has no functions',
      noHashing: 'cmd.exe doesn’t remember where commands are',
      ...(hasPip() ? {} : { pip: 'this Windows Python has no pip' }),
      readLine: 'only bash, zsh and fish promise to start no process',
      rewritten: 'a batch file finds its environment by its own place',
      settings: 'what changes how cmd.exe reads a file, delayed expansion, is tried in wine-state.test.ts',
      strict: 'cmd.exe has no such mode',
      unexported: 'every variable is exported',
      wrappedPrompt: 'no editor puts anything around the prompt of cmd.exe',
    },
  };
}

/**
 * Why wine's cmd.exe can't be used with such names, where that of Windows can: a clause, or undefined. It reads what it
 * puts in place of `%~dp0` and of a loop's variable once more, and batch files in the code page of a machine of 1981.
 */
export function wineFails({
  directory,
  prompt = '',
}: {
  readonly directory: string;
  readonly prompt?: string;
}): string | undefined {
  if (directory.includes('%')) return 'wine reads the name of a directory twice';
  if (everythingTwice && prompt.includes('%')) return 'this wine reads every value twice';
  if (/\P{ASCII}/u.test(directory + prompt)) return 'wine reads batch files in no other code page than its own';
  return undefined;
}

function hasPip(): boolean {
  return existsSync(join(windowsPython ?? '', 'Lib', 'site-packages', 'pip'));
}

// What cmd.exe writes with /u is UTF-16, which keeps every character. A package that pip installs writes its note in
// the form of the suite itself, so there are two journals.
const helpers: Helpers = { install, installPython, read };

async function install(directory: string, journal: string): Promise<void> {
  const python = windowsPath(join(windowsPython ?? '', 'python.exe'));
  const note = (kind: string, more = ''): string =>
    `@%ComSpec% /d /u /c "echo #note ${kind} %1${more}">>"${windowsPath(journal)}.txt"\r\n`;
  await writeFile(`${journal}.txt`, '');
  await writeFile(join(directory, 'report.bat'), note('report', '& set'));
  await writeFile(join(directory, 'pwned.bat'), note('pwned'));
  await writeFile(join(directory, 'greet.bat'), note('greet', '& echo from=outside'));
  await writeFile(join(directory, 'pydoc.bat'), note('pydoc', '& echo from=outside'));
  await writeFile(join(directory, 'python.bat'), `@"${python}" %*\r\n`);
  await writeFile(
    join(directory, 'where.py'),
    `
import sys
prefix = sys.prefix if sys.prefix != sys.base_prefix else ""
with open(${JSON.stringify(`${windowsPath(journal)}.txt`)}, "ab") as journal:
    journal.write(("#note python %s\\r\\nprefix=%s\\r\\n" % (sys.argv[1], prefix)).encode("utf-16-le"))
`,
  );
}

// The interpreter with its libraries, which wine finds by links too, and what tells it of its environment.
async function installPython(scripts: string): Promise<void> {
  const base = windowsPython ?? '';
  for (const name of await readdir(base)) {
    if (/\.(?:dll|exe)$/i.test(name)) await symlink(join(base, name), join(scripts, name));
  }
  const config = `home = ${windowsPath(base)}\r\ninclude-system-site-packages = true\r\n`;
  await writeFile(join(dirname(scripts), 'pyvenv.cfg'), config);
}

async function read(journal: string): Promise<readonly Note[]> {
  const own = await readFile(`${journal}.txt`, 'utf16le');
  const notes = own
    .split(/^#note /m)
    .slice(1)
    .map(readNote);
  const installed = (await readFile(journal, 'utf8'))
    .split('\u0001')
    .slice(1)
    .map((text): Note => {
      const [kind = '', label = '', from = ''] = text.split('\0');
      return { kind, label, values: { from: from.slice('from='.length) } };
    });
  return [...notes, ...installed];
}

function readNote(text: string): Note {
  const [head = '', ...lines] = text.split('\r\n');
  const [kind = '', label = ''] = head.split(' ');
  const pairs = lines
    .filter((line) => line.includes('='))
    .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)] as const);
  const values = Object.fromEntries(pairs);
  const prefix = values.prefix;
  if (kind !== 'python' || prefix === undefined) return { kind, label, values };
  return { kind, label, values: { prefix: prefix.replace(/^Z:/i, '').replaceAll('\\', '/') } };
}
