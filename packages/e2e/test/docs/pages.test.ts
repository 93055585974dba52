import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { wantedPython } from '@vivarium/test-utils/pythons';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { newDesk, vivariumCommand } from '../vivarium.ts';
import { asInDocs, DOCS, type Session, scriptOf, sessionsOf, transcriptsOf } from './transcript.ts';

/** The Python that the pages show. */
const python = wantedPython('3.13');
const reason = python.isMissing ? python.reason : (await hasIndex()) ? '' : 'no package index can be reached';

// Run with VIVARIUM_UPDATE_DOCS=yes to write what the commands print into the pages.
describe.each(['tutorial.md'])('%s', (name) => {
  const file = join(DOCS, name);

  test.skipIf(reason !== '')(
    `shows what its commands print${reason && ` (skipped because ${reason})`}`,
    { timeout: 120_000 },
    async () => {
      const sessions = sessionsOf(file);
      const printed = await run(sessions);
      if (process.env.VIVARIUM_UPDATE_DOCS === 'yes') update(file, sessions, printed);
      else expect(printed).toEqual(sessions.map(({ text }) => text));
    },
  );
});

/** What the sessions of a page print, in the words of the page. */
async function run(sessions: readonly Session[]): Promise<readonly string[]> {
  const { directory, env } = newDesk();
  const project = join(directory, 'project');
  const tools = join(directory, 'bin');
  mkdirSync(project);
  mkdirSync(tools);
  symlinkSync(python.executable, join(tools, 'python3'));
  const path = [tools, dirname(vivariumCommand()), dirname(process.execPath), '/usr/bin', '/bin'].join(':');
  const { stdout } = await execa('bash', ['--norc', '-c', `exec 2>&1\n${scriptOf(sessions)}`], {
    cwd: project,
    env: { ...env, PATH: path },
    extendEnv: false,
    stripFinalNewline: false,
  });
  const places = { [project]: '/home/u/project', [directory]: '/home/u', [basePrefix()]: '/usr' };
  return transcriptsOf(sessions, asInDocs(stdout, places));
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

/** Whether pip reaches an index with the package that the pages install. */
async function hasIndex(): Promise<boolean> {
  const directory = mkdtempSync(join(tmpdir(), 'vivarium-index-'));
  const args = ['-m', 'pip', 'download', '--quiet', '--no-deps', '--dest', directory, 'cowsay'];
  const { exitCode } = await execa(python.executable, args, { reject: false, stdin: 'ignore' });
  rmSync(directory, { recursive: true, force: true });
  return exitCode === 0;
}
