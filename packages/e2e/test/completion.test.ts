import { delimiter, dirname, join } from 'node:path';
import { openTerminal, type Terminal } from '@vivarium/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { findProgram } from './program.ts';
import { strangerActivator, write } from './third-party-package.ts';
import { newDesk, vivariumCommand } from './vivarium.ts';

/** How each shell is started without its owner's settings, and told of the completion. */
const SHELLS = {
  bash: { args: ['--norc', '--noprofile', '-i'], setUp: 'eval "$(vivarium completion bash)"' },
  // Else zsh takes a directory's slash away again when the line is entered.
  zsh: {
    args: ['-f', '+o', 'auto_remove_slash', '-i'],
    setUp: 'autoload -Uz compinit; compinit -u -D; eval "$(vivarium completion zsh)"',
  },
  fish: { args: ['--no-config', '-i'], setUp: 'vivarium completion fish | source' },
} as const;

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
];

for (const [shell, { args, setUp }] of Object.entries(SHELLS)) {
  const program = findProgram(shell);
  const isMissing = program === undefined && process.env.CI !== 'true';
  test.skipIf(isMissing)(
    `${shell} completes commands, options, values, names of plugins and directories${isMissing ? ` (no ${shell} here)` : ''}`,
    async () => {
      const desk = newDesk();
      write(join(desk.directory, 'node_modules/vivarium-activator-elvish'), strangerActivator('elvish'));
      write(desk.directory, { 'project/file': '' });
      const PATH = [dirname(vivariumCommand()), desk.env.PATH].join(delimiter);
      const env = { ...desk.env, PATH, PS1: '$ ', HISTFILE: '' };
      const terminal = openTerminal({ program: program ?? shell, arguments: args, env, cwd: desk.directory });
      onTestFinished(() => terminal.close());
      await enter(terminal, `${setUp}; echo rea''dy`, /^ready$/m);
      for (const [typed, completed] of LINES) {
        // The completed line is run as it is; a line that says `done` comes after what it prints.
        const drawn = await enter(terminal, `${typed}\t`, new RegExp(completed.replaceAll(/[.+]/g, '\\$&')));
        expect(drawn).toContain(completed);
        await enter(terminal, "echo do''ne", /^done$/m);
      }
    },
  );
}

test('PowerShell gets a script too, and an unknown shell an error', async () => {
  const desk = newDesk();
  const { stdout } = await desk.vivarium('completion', 'powershell');
  expect(stdout).toContain('Register-ArgumentCompleter -Native -CommandName vivarium');
  expect(await desk.vivarium('completion', 'tcsh')).toMatchObject({ exitCode: 2 });
});

test('what is asked for completion says nothing to the screen, whatever the line', async () => {
  const desk = newDesk();
  write(desk.directory, { 'pyproject.toml': 'no = = toml' });
  for (const words of [
    ['create', '--activators', 'nope', '--'],
    ['create', '-p'],
    ['nonsense', ''],
    ['create', '--no-such=', ''],
    [],
  ]) {
    expect(await desk.vivarium('complete', '--', ...words)).toMatchObject({ exitCode: 0, stderr: '' });
  }
});

async function enter(terminal: Terminal, line: string, wanted: RegExp): Promise<string> {
  terminal.enter(line);
  return terminal.wait((drawn) => wanted.test(drawn), 20_000);
}
