import { mkdirSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { openTerminal } from '@vivarium/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { findProgram } from './program.ts';
import { newSandbox, vivariumCommand } from './vivarium.ts';

/** How each shell is started without its owner's settings, and what a person there is told to type. */
const SHELLS = {
  bash: { args: ['--norc', '--noprofile', '-i'], told: "source 'my env/bin/activate'" },
  zsh: { args: ['-f', '-i'], told: "source 'my env/bin/activate'" },
  mksh: { args: ['-i'], told: ". 'my env/bin/activate'" },
  fish: { args: ['--no-config', '-i'], told: "source 'my env/bin/activate.fish'" },
  tcsh: { args: ['-f', '-i'], told: "source 'my env/bin/activate.csh'" },
} as const;

for (const [shell, { args, told }] of Object.entries(SHELLS)) {
  const program = findProgram(shell);
  const isMissing = program === undefined && process.env.CI !== 'true';
  test.skipIf(isMissing)(
    `at a terminal a person in ${shell} is told what to type, and is in${isMissing ? ` (no ${shell} here)` : ''}`,
    async () => {
      const sandbox = newSandbox();
      const PATH = [dirname(vivariumCommand()), sandbox.env.PATH].join(delimiter);
      // The shell available counts, not the one that the person has chosen for logging in.
      const env = { ...sandbox.env, PATH, PS1: '$ ', HISTFILE: '', SHELL: '/bin/false' };
      const terminal = openTerminal({ program: program ?? shell, arguments: args, env, cwd: sandbox.directory });
      onTestFinished(() => terminal.close());
      terminal.enter("vivarium create --no-seed 'my env'");
      const drawn = await terminal.wait((text) => /^activate it with: .+$/m.test(text), 20_000);
      const [, line = ''] = /^activate it with: (.+)$/m.exec(drawn) ?? [];
      expect(line).toBe(told);
      terminal.enter(`${line}; echo at:"$VIRTUAL_ENV"`);
      await terminal.wait((text) => new RegExp(`^at:${sandbox.directory}/my env$`, 'm').test(text), 20_000);
    },
  );
}

test('elsewhere, and where less is to be said, no one is told', async () => {
  const sandbox = newSandbox({ SHELL: '/bin/bash' });
  expect(await sandbox.vivarium('create', '--no-seed', 'env')).toMatchObject({ exitCode: 0, stderr: '' });
  const terminal = openTerminal({
    program: vivariumCommand(),
    arguments: ['create', '--no-seed', '--quiet', 'quiet'],
    env: sandbox.env,
    cwd: sandbox.directory,
  });
  onTestFinished(() => terminal.close());
  await expect(terminal.wait((text) => text !== '', 2000)).rejects.toThrow('the program ended');
});

test('the path is absolute where the environment is not below the working directory, and never an option', async () => {
  const sandbox = newSandbox({ SHELL: '/usr/bin/fish' });
  for (const directory of ['a', 'b']) mkdirSync(join(sandbox.directory, directory));
  for (const [destination, told] of [
    ['../elsewhere', /^activate it with: source \/\S+\/elsewhere\/bin\/activate\.fish$/m],
    ['-x', /^activate it with: source \.\/-x\/bin\/activate\.fish$/m],
    ['.', /^activate it with: source bin\/activate\.fish$/m],
  ] as const) {
    const terminal = openTerminal({
      program: vivariumCommand(),
      arguments: ['create', '--no-seed', '--app-data', `${sandbox.directory}/cache`, '--', destination],
      env: sandbox.env,
      cwd: destination === '.' ? `${sandbox.directory}/a` : `${sandbox.directory}/b`,
    });
    onTestFinished(() => terminal.close());
    await terminal.wait((text) => told.test(text), 20_000);
  }
});
