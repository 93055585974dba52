import { execFileSync } from 'node:child_process';
import { chmodSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import csh from '@vivarium/activator-csh';
import { writeEnvironment } from '@vivarium/test-utils/activator-scripts';
import { linuxEnvironment } from '@vivarium/test-utils/environments';
import { anyPython } from '@vivarium/test-utils/pythons';
import { temporaryDirectory } from '@vivarium/test-utils/temporary-directory';
import { describe, expect, test } from 'vitest';
import { programs, run } from './run.ts';

function makeEnvironment(): { readonly place: string; readonly activate: string } {
  const place = join(temporaryDirectory(), 'env');
  writeEnvironment(csh, linuxEnvironment(place));
  return { place, activate: `source ${place}/bin/activate.csh` };
}

const PROMPT = 'echo "[$prompt:q]"';

describe.each(programs)('in %s', (shell) => {
  test('leaves no variable and no alias behind', () => {
    const { activate } = makeEnvironment();
    // `_` is what was typed last.
    const list = "set | grep -v '^_[^_a-zA-Z]'; alias";
    const lines = run(shell, [list, 'echo ---', activate, 'deactivate', list]);
    const end = lines.indexOf('---');
    expect(end).toBeGreaterThan(3);
    expect(lines.slice(end + 1)).toEqual(lines.slice(0, end));
  });

  test('works in a shell that ends at the first failure', () => {
    const { place, activate } = makeEnvironment();
    const lines = [activate, activate, 'echo $VIRTUAL_ENV', 'deactivate', activate, 'deactivate', 'echo end'];
    expect(run(shell, lines, { flags: '-ef' })).toEqual([place, 'end']);
  });

  test.each([
    "set histchars = '@^'",
    'set noglob',
    'set nonomatch',
    'set noclobber',
    'set backslash_quote',
    'set implicitcd',
    'set echo_style = both',
    'set printexitvalue',
    'set cdpath = (/usr /)',
    'set nokanji; unset dspmbyte',
  ])('reads it alike after %s', (setting) => {
    const place = join(temporaryDirectory(), "it's @ [a] % 'place' \\");
    writeEnvironment(csh, linuxEnvironment(place));
    const script = place.replace(/[^\w/]/g, '\\$&');
    const show = '/usr/bin/printf "%s|" "$VIRTUAL_ENV:q" "$VIRTUAL_ENV_PROMPT:q" "$PATH:q"';
    const lines = run(shell, [
      setting,
      `source ${script}/bin/activate.csh`,
      show,
      'setenv PATH /mine:$PATH:q',
      'deactivate',
      'echo $PATH',
    ]);
    expect(lines).toEqual([`${place}|it's @ [a] % 'place' \\|${place}/bin:/usr/bin:/bin|/mine:/usr/bin:/bin`]);
  });

  test('takes its entry out of a very long PATH', () => {
    const { place, activate } = makeEnvironment();
    const directories = Array.from(
      { length: 150 },
      (_, index) => `/opt/tools/some-directory-with-a-long-name/${index}`,
    );
    const long = [...directories, '/usr/bin', '/bin'].join(':');
    const lines = run(shell, [
      `set path = (${directories.join(' ')} /usr/bin /bin)`,
      activate,
      'printenv PATH',
      'set path = (/before $path:q /after)',
      'deactivate',
      'printenv PATH',
    ]);
    expect(lines).toEqual([`${place}/bin:${long}`, `/before:${long}:/after`]);
  });

  test('finds commands that were installed since', () => {
    const { place, activate } = makeEnvironment();
    const program = `${place}/bin/installed-since`;
    const install = `/usr/bin/printf '#\\041/bin/sh\\necho found\\n' > ${program}; chmod +x ${program}`;
    expect(run(shell, [activate, install, 'installed-since', 'deactivate', 'installed-since'])).toEqual([
      'found',
      'installed-since: Command not found.',
    ]);
  });

  test('keeps an alias of the user’s that is named pydoc', () => {
    const { activate } = makeEnvironment();
    expect(run(shell, ["alias pydoc 'echo mine'", activate, 'pydoc', 'deactivate', 'pydoc'])).toEqual(['mine', 'mine']);
  });

  test('leaves a prompt that was set in the meantime, and one of several lines as it was', () => {
    const { activate } = makeEnvironment();
    expect(run(shell, ["set prompt = 'old> '", activate, "set prompt = 'new> '", 'deactivate', PROMPT])).toEqual([
      '[new> ]',
    ]);
    const lines = [
      "set prompt = 'two\\",
      "lines\\!%%> '",
      activate,
      'deactivate',
      'setenv SEEN $prompt:q',
      'printenv SEEN',
    ];
    expect(run(shell, lines)).toEqual(['two', 'lines!%%> ']);
  });

  test('is left after its directory was deleted', () => {
    const { place, activate } = makeEnvironment();
    expect(run(shell, [activate, `rm -r ${place}`, 'deactivate', 'echo $PATH; echo $?VIRTUAL_ENV'])).toEqual([
      '/usr/bin:/bin',
      '0',
    ]);
  });

  test('says that the environment is gone, and changes nothing', () => {
    const { place, activate } = makeEnvironment();
    renameSync(place, `${place}-moved`);
    const lines = [activate.replace('env/', 'env-moved/'), 'echo "$status $?VIRTUAL_ENV $PATH"', 'set; alias'];
    const [state, ...rest] = run(shell, lines);
    expect(state).toBe('1 0 /usr/bin:/bin');
    expect(rest.filter((line) => /vivarium_|deactivate/i.test(line))).toEqual([]);
    expect(rest).toContain(
      `activate.csh: there is no environment in ${place}. If it was moved, this shell cannot tell where to.`,
    );
  });

  test('says what to type where it is started by a relative path', () => {
    const { place } = makeEnvironment();
    for (const [cwd, script] of [
      [place, 'bin/activate.csh'],
      [`${place}/bin`, 'activate.csh'],
      [`${place}/bin`, './activate.csh'],
    ] as const) {
      const start = [`${shell} -f ${script}`, 'echo $status'];
      expect(run(shell, start, { cwd })).toEqual([
        '33',
        `activate.csh changes the shell that reads it, so it has to be sourced. Type:  source ${script}`,
      ]);
    }
  });

  test('does not end a script of that name which sources it', () => {
    const { place, activate } = makeEnvironment();
    const script = join(dirname(place), 'activate.csh');
    writeFileSync(script, `${activate}\necho $VIRTUAL_ENV\n`);
    chmodSync(script, 0o755);
    expect(run(shell, [`${shell} -f ${script}`])).toEqual([place]);
  });

  test('is not led astray by what a shell above has exported', () => {
    const { place, activate } = makeEnvironment();
    const exported = ['ENTRY', 'OLD_PROMPT', 'NEW_PROMPT', 'NEW_TCL', 'PYTHON'].map(
      (name) => `setenv _VIVARIUM_${name} x`,
    );
    const show = 'echo "$VIRTUAL_ENV $PATH $?prompt"';
    expect(
      run(shell, [...exported, 'setenv _OLD_VIRTUAL_PATH x', activate, show, 'deactivate', 'printenv | grep _VIV']),
    ).toEqual([`${place} ${place}/bin:/usr/bin:/bin 0`]);
  });

  test('changes places with the venv module’s', () => {
    const { place, activate } = makeEnvironment();
    const theirs = `${place}-theirs`;
    execFileSync(anyPython().executable, ['-m', 'venv', '--without-pip', theirs]);
    const other = `source ${theirs}/bin/activate.csh`;
    const show = `if ($?VIRTUAL_ENV) eval 'echo $VIRTUAL_ENV:q'; echo $PATH; ${PROMPT}`;
    const before = ['/usr/bin:/bin', '[> ]'];
    const set = "set prompt = '> '";
    const ours = [place, `${place}/bin:/usr/bin:/bin`, '[(env) > ]'];
    expect(run(shell, [set, other, activate, show, 'deactivate', show])).toEqual([...ours, ...before]);
    const [, path, , ...after] = run(shell, [set, activate, other, show, activate, show, 'deactivate', show]);
    expect(path).toBe(`${theirs}/bin:/usr/bin:/bin`);
    expect(after).toEqual([...ours, ...before]);
    expect(run(shell, [set, activate, other, 'deactivate', show])).toEqual(before);
  });
});
