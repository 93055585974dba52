import { chmodSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { openTerminal, type Terminal } from '@vivarium/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { findNushell, findProgram } from './program.ts';
import { thirdPartyActivator, write } from './third-party-package.ts';
import { newSandbox, vivariumCommand } from './vivarium.ts';

interface ShellSetUp {
  readonly args: readonly string[];
  /** A line that comes before the other one is read. */
  readonly first?: string;
  readonly setUp: string;
}

/** How each shell is started without its owner's settings, and told of the completion. */
const SHELLS: Readonly<Record<string, ShellSetUp>> = {
  bash: { args: ['--norc', '--noprofile', '-i'], setUp: 'eval "$(vivarium completion bash)"' },
  // Else zsh takes a directory's slash away again when the line is entered.
  zsh: {
    args: ['-f', '+o', 'auto_remove_slash', '-i'],
    setUp: 'autoload -Uz compinit; compinit -u -D; eval "$(vivarium completion zsh)"',
  },
  fish: { args: ['--no-config', '-i'], setUp: 'vivarium completion fish | source' },
  // What is sourced has to exist when the line is read.
  nu: { args: ['-n'], first: 'vivarium completion nushell | save -f completion.nu', setUp: 'source completion.nu' },
};

const LINES: readonly (readonly [typed: string, completed: string])[] = [
  ['vivarium plu', 'vivarium plugins'],
  ['vivarium create --syst', 'vivarium create --system-site-packages'],
  ['vivarium create --creator cpython-w', 'vivarium create --creator cpython-windows'],
  ['vivarium create --link-mode=ha', 'vivarium create --link-mode=hardlink'],
  ['vivarium create --activators bash,fi', 'vivarium create --activators bash,fish'],
  ['vivarium create --activators elvish --elv', 'vivarium create --activators elvish --elvish-greeting'],
  ['vivarium create --app-data proj', 'vivarium create --app-data project/'],
  ['vivarium create proj', 'vivarium create project/'],
  ['vivarium cache inf', 'vivarium cache info'],
  ['vivarium create --help seed', 'vivarium create --help seed-packages'],
  ['vivarium run anim', 'vivarium run animals'],
  ['vivarium move anim', 'vivarium move animals'],
  ['vivarium remove --dry-run anim', 'vivarium remove --dry-run animals'],
  ['vivarium prune --unu', 'vivarium prune --unused-for'],
  ['vivarium env animals --shell power', 'vivarium env animals --shell powershell'],
  ['vivarium doctor anim', 'vivarium doctor animals'],
  ['vivarium run animals -- keep', 'vivarium run animals -- keeper'],
  ['vivarium create -p 9.9', 'vivarium create -p 9.99'],
];

for (const [shell, { args, setUp, first }] of Object.entries(SHELLS)) {
  const say = sayIn(shell);
  const program = shell === 'nu' ? findNushell() : findProgram(shell);
  const isMissing = program === undefined && process.env.CI !== 'true';
  test.skipIf(isMissing)(
    `${shell} completes commands, options, values, names of plugins and directories${isMissing ? ` (no ${shell} here)` : ''}`,
    async () => {
      const sandbox = newSandbox();
      write(join(sandbox.directory, 'node_modules/vivarium-activator-elvish'), thirdPartyActivator('elvish'));
      write(sandbox.directory, { 'project/file': '', 'animals/pyvenv.cfg': '', 'animals/bin/keeper': '#!/bin/sh\n' });
      write(sandbox.directory, { 'bin/python9.99': '' });
      chmodSync(join(sandbox.directory, 'animals/bin/keeper'), 0o755);
      const PATH = [dirname(vivariumCommand()), join(sandbox.directory, 'bin'), sandbox.env.PATH].join(delimiter);
      const env = { ...sandbox.env, PATH, PS1: '$ ', HISTFILE: '' };
      const terminal = openTerminal({ program: program ?? shell, arguments: args, env, cwd: sandbox.directory });
      onTestFinished(() => terminal.close());
      if (first !== undefined) await enter(terminal, `${first}; ${say('sav', 'ed')}`, /^saved$/m);
      await enter(terminal, `${setUp}; ${say('rea', 'dy')}`, /^ready$/m);
      for (const [typed, completed] of LINES) {
        // The completed line is run as it is; a line that says `done` comes after what it prints.
        const drawn = await enter(terminal, `${typed}\t`, new RegExp(completed.replaceAll(/[.+]/g, '\\$&')));
        expect(drawn).toContain(completed);
        await enter(terminal, say('do', 'ne'), /^done$/m);
      }
    },
  );
}

test('PowerShell gets a script too, and an unknown shell an error', async () => {
  const sandbox = newSandbox();
  const { stdout } = await sandbox.vivarium('completion', 'powershell');
  expect(stdout).toContain('Register-ArgumentCompleter -Native -CommandName vivarium');
  expect(await sandbox.vivarium('completion', 'tcsh')).toMatchObject({ exitCode: 2 });
});

test('what is asked for completion says nothing to the screen, whatever the line', async () => {
  const sandbox = newSandbox();
  write(sandbox.directory, { 'pyproject.toml': 'no = = toml' });
  for (const words of [
    ['create', '--activators', 'nope', '--'],
    ['create', '-p'],
    ['nonsense', ''],
    ['create', '--no-such=', ''],
    [],
  ]) {
    expect(await sandbox.vivarium('complete', '--', ...words)).toMatchObject({ exitCode: 0, stderr: '' });
  }
});

/** A line that prints a word which does not stand in the line itself. */
function sayIn(shell: string): (first: string, second: string) => string {
  return (first, second) => (shell === 'nu' ? `print ("${first}" + "${second}")` : `echo ${first}''${second}`);
}

async function enter(terminal: Terminal, line: string, wanted: RegExp): Promise<string> {
  terminal.enter(line);
  return terminal.wait((drawn) => wanted.test(drawn), 20_000);
}
