import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { findProgram } from '@vivarium/test-utils/programs';
import { wantedPython } from '@vivarium/test-utils/pythons';
import { execa } from 'execa';
import { describe, expect, onTestFinished, test } from 'vitest';
import { newSandbox, vivariumCommand } from '../vivarium.ts';
import { hasPackageIndex } from './package-index.ts';
import { asInDocs, DOCS, type Session, scriptOf, sessionsOf, transcriptsOf } from './transcript.ts';

/** The Python that the pages show. */
const python = wantedPython('3.13');
const nothing = python.isMissing
  ? python.reason
  : (await hasPackageIndex(python.executable))
    ? ''
    : 'no package index can be reached';

/** The pages whose sessions are run, and the program that one is about. */
const PAGES: readonly { readonly page: string; readonly program?: 'uv' | 'conda' }[] = [
  { page: 'tutorial.md' },
  { page: 'how-to/run-an-app-from-a-lock.md' },
  { page: 'how-to/migrate-from-venv.md' },
  { page: 'how-to/migrate-from-uv.md', program: 'uv' },
  { page: 'how-to/migrate-from-conda.md', program: 'conda' },
];

// Run with VIVARIUM_UPDATE_DOCS=yes to write what the commands print into the pages.
describe.each(PAGES)('$page', ({ page, program: wanted }) => {
  const file = join(DOCS, page);
  const program = wanted === undefined ? undefined : findProgram(wanted);
  // pip brings uv; no index that pip reads has conda.
  const isMissing = wanted === 'conda' && program === undefined;
  const reason = nothing || (isMissing ? 'conda is not on PATH' : '');

  test.skipIf(reason !== '')(
    `shows what its commands print${reason && ` (skipped because ${reason})`}`,
    { timeout: 120_000 },
    async () => {
      const sessions = sessionsOf(file);
      const printed = await run(
        sessions,
        wanted === 'uv' ? [program ?? (await installUv())] : program ? [program] : [],
      );
      if (process.env.VIVARIUM_UPDATE_DOCS === 'yes') update(file, sessions, printed);
      else expect(printed).toEqual(sessions.map(({ text }) => text));
    },
  );
});

/** What the sessions of a page print, in the words of the page, with these programs besides vivarium and Python. */
async function run(sessions: readonly Session[], programs: readonly string[]): Promise<readonly string[]> {
  const { directory, env } = newSandbox();
  const project = join(directory, 'project');
  const tools = join(directory, 'bin');
  mkdirSync(project);
  mkdirSync(tools);
  for (const program of programs) symlinkSync(program, join(tools, basename(program)));
  symlinkSync(python.executable, join(tools, 'python3'));
  const path = [tools, dirname(vivariumCommand()), dirname(process.execPath), '/usr/bin', '/bin'].join(':');
  const { stdout } = await execa('bash', ['--norc', '-c', `exec 2>&1\n${scriptOf(sessions)}`], {
    cwd: project,
    // uv trusts a list of its own; where a proxy has a certificate of its own, the system knows it.
    env: { ...env, PATH: path, UV_SYSTEM_CERTS: 'true' },
    extendEnv: false,
    stripFinalNewline: false,
  });
  const places = { [project]: '/home/u/project', [directory]: '/home/u', [basePrefix()]: '/usr' };
  return transcriptsOf(sessions, asInDocs(stdout, places));
}

async function installUv(): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), 'vivarium-uv-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  await execa(python.executable, ['-m', 'venv', directory]);
  await execa(join(directory, 'bin/python'), ['-m', 'pip', 'install', '--quiet', 'uv']);
  return join(directory, 'bin/uv');
}

function basePrefix(): string {
  return dirname(dirname(realpathSync(python.executable)));
}

function update(file: string, sessions: readonly Session[], printed: readonly string[]): void {
  const text = readFileSync(file, 'utf8');
  const updated = sessions.reduce(
    (rest, session, index) => rest.replace(session.text, () => printed[index] ?? ''),
    text,
  );
  writeFileSync(file, updated);
}
