import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fish from '@vivarium/activator-fish';
import { writeEnvironment } from '@vivarium/test-utils/activator-scripts';
import { linuxEnvironment, windowsEnvironment } from '@vivarium/test-utils/environments';
import { anyPython } from '@vivarium/test-utils/pythons';
import { temporaryDirectory } from '@vivarium/test-utils/temporary-directory';
import { describe, expect, test } from 'vitest';
import { hasFish, run } from './run.ts';

const NAMES = 'set -n | string join ,; functions -a | string join ,';

function makeEnvironment(): { readonly place: string; readonly activate: string } {
  const place = join(temporaryDirectory(), 'env');
  writeEnvironment(fish, linuxEnvironment(place));
  return { place, activate: `source ${place}/bin/activate.fish` };
}

describe.skipIf(!hasFish)('in fish', () => {
  test('leaves no variable and no function behind, and touches none of the user’s', () => {
    const { activate } = makeEnvironment();
    const own = [
      'place',
      'name',
      'script',
      'caller',
      'parts',
      'part',
      'directory',
      'found',
      'draw',
      'written',
      'sourced',
    ];
    const values = own.map((name) => `$${name}`).join(',');
    const [before, after, kept] = [0, 2, 4];
    const lines = run([
      ...own.map((name) => `set -g ${name} my-${name}`),
      'functions -q fish_prompt; functions -q pydoc',
      NAMES,
      activate,
      'deactivate',
      NAMES,
      `echo ${values}`,
    ]);
    expect(lines.slice(after, kept)).toEqual(lines.slice(before, after));
    expect(lines[kept]).toBe(own.map((name) => `my-${name}`).join(','));
  });

  test('leaves no layer of what an editor puts around the prompt again and again', () => {
    const { activate } = makeEnvironment();
    const cycle = [activate, 'wrap', 'fish_prompt; echo', 'deactivate', 'fish_prompt; echo'];
    expect(
      run([
        "function fish_prompt; printf 'mine> '; end",
        'function wrap; set -g n "x$n"; functions -c fish_prompt _ed$n; eval "function fish_prompt; printf A; _ed$n; printf B; end"; end',
        ...cycle,
        ...cycle,
        ...cycle,
      ]),
    ).toEqual(['A(env) mine> B', 'Amine> B', 'A(env) Amine> BB', 'Amine> B', 'A(env) Amine> BB', 'Amine> B']);
  });

  test('keeps PATH a list, and unset where it was unset', () => {
    const { place, activate } = makeEnvironment();
    expect(
      run([activate, 'count $PATH; echo $PATH[1]', 'set -e PATH', 'deactivate', 'set -q PATH; echo $status']),
    ).toEqual(['3', `${place}/bin`, '1']);
    expect(
      run(['set -e PATH', activate, 'count $PATH; echo $PATH[1]', 'deactivate', 'set -q PATH; echo $status']),
    ).toEqual(['1', `${place}/bin`, '1']);
  });

  test('hides universal variables from this session and changes none of them', () => {
    const { place, activate } = makeEnvironment();
    expect(
      run([
        'set -Ux PYTHONHOME /universal',
        'set -Ux PKG_CONFIG_PATH /universal',
        'set -Ux VIRTUAL_ENV /universal',
        activate,
        "env | grep -E '^(PYTHONHOME|PKG_CONFIG_PATH|VIRTUAL_ENV)=' | sort",
        'deactivate',
        "env | grep -E '^(PYTHONHOME|PKG_CONFIG_PATH|VIRTUAL_ENV)=' | sort",
        'for name in PYTHONHOME PKG_CONFIG_PATH VIRTUAL_ENV; set -qg $name; and echo $name is global; end',
      ]),
    ).toEqual([
      `PKG_CONFIG_PATH=${place}/lib/pkgconfig:/universal`,
      'PYTHONHOME=',
      `VIRTUAL_ENV=${place}`,
      'PKG_CONFIG_PATH=/universal',
      'PYTHONHOME=/universal',
      'VIRTUAL_ENV=/universal',
    ]);
  });

  test('draws a prompt of several lines, with the status and the pipe’s statuses of the last command', () => {
    const { activate } = makeEnvironment();
    const prompt = 'function fish_prompt; echo "$status|$pipestatus|$argv"; echo second; printf "third> "; end';
    const failing = "sh -c 'exit 3' | sh -c 'exit 4'";
    const drawn = ['4|3 4|--final', 'second', 'third> '];
    expect(
      run([prompt, `${failing}; fish_prompt --final; echo`, activate, `${failing}; fish_prompt --final; echo`]),
    ).toEqual([...drawn, `(env) ${drawn[0]}`, ...drawn.slice(1)]);
  });

  test('draws its name without a prompt of the user’s', () => {
    const { activate } = makeEnvironment();
    const none = 'set fish_function_path; functions -e fish_prompt';
    expect(run([none, activate, 'fish_prompt; echo', 'deactivate', 'functions -q fish_prompt; echo $status'])).toEqual([
      '(env) > ',
      '1',
    ]);
  });

  test('leaves a prompt that was set in the meantime, also one that calls the one before it', () => {
    const { activate } = makeEnvironment();
    const mine = "function fish_prompt; printf 'mine> '; end";
    const around = "functions -c fish_prompt around; function fish_prompt; printf '<%s>' (around); end";
    const draw = 'fish_prompt; echo';
    expect(run([mine, activate, "function fish_prompt; printf 'new> '; end", 'deactivate', draw])).toEqual(['new> ']);
    expect(run([mine, activate, around, draw, 'deactivate', draw, activate, draw, 'deactivate', draw])).toEqual([
      '<(env) mine> >',
      '<mine> >',
      '(env) <mine> >',
      '<mine> >',
    ]);
  });

  test('is not led astray by what a shell above has exported', () => {
    const { place, activate } = makeEnvironment();
    const exported = ['ENTRY', 'DRAW', 'TCL', 'PYDOC', 'OLD_PYTHONHOME'].map((name) => `set -gx _VIVARIUM_${name} x`);
    const mine = 'function pydoc; echo mine; end';
    const lines = [...exported, 'set -gx _OLD_VIRTUAL_PATH x', mine, activate, 'echo $VIRTUAL_ENV $PATH[1]'];
    const after = ['env | grep _VIV', 'deactivate', 'env | grep _VIV', 'pydoc', 'set -q PYTHONHOME; echo $status'];
    expect(run([...lines, ...after])).toEqual([`${place} ${place}/bin`, 'mine', '1']);
  });

  test('changes places with the venv module’s', () => {
    const { place, activate } = makeEnvironment();
    const theirs = `${place}-theirs`;
    execFileSync(anyPython().executable, ['-m', 'venv', '--without-pip', theirs]);
    const other = `source ${theirs}/bin/activate.fish`;
    const show = 'echo "$VIRTUAL_ENV|$PATH"; fish_prompt | string replace -ra "\\e[^m]*m" ""; echo';
    const mine = "function fish_prompt; printf 'mine> '; end";
    const before = ['|/usr/bin:/bin', 'mine> '];
    expect(run([mine, other, activate, show, 'deactivate', show])).toEqual([
      `${place}|${place}/bin:/usr/bin:/bin`,
      '(env) mine> ',
      ...before,
    ]);
    const [, prompt, ...after] = run([mine, activate, other, show, 'deactivate', show]);
    expect(prompt?.trim()).toBe('(env-theirs) mine>');
    expect(after).toEqual(before);
  });

  test('says that the environment is gone where it can not tell where to', () => {
    const { place, activate } = makeEnvironment();
    renameSync(place, `${place}-moved`);
    const piped = `cat ${place}-moved/bin/activate.fish | source 2>&1`;
    expect(run([piped, 'echo "$status|$VIRTUAL_ENV|$PATH"', 'functions -q deactivate; echo $status'])).toEqual([
      `activate.fish: there is no environment in ${place}.`,
      '1||/usr/bin:/bin',
      '1',
    ]);
    expect(run([activate.replace('env/', 'env-moved/'), 'echo $VIRTUAL_ENV'])).toEqual([`${place}-moved`]);
  });

  test('is found through a link where it was created', () => {
    const { place } = makeEnvironment();
    const elsewhere = join(temporaryDirectory(), 'elsewhere');
    mkdirSync(join(elsewhere, 'bin'), { recursive: true });
    writeFileSync(join(elsewhere, 'pyvenv.cfg'), '');
    execFileSync('ln', ['-s', `${place}/bin/activate.fish`, `${elsewhere}/bin/activate.fish`]);
    expect(run([`source ${elsewhere}/bin/activate.fish`, 'echo $VIRTUAL_ENV'])).toEqual([place]);
  });

  // There is no Windows here: what stands in for it is the program by which MSYS2 and Cygwin turn paths round.
  test('turns a Windows path into its own where there is a cygpath', () => {
    const directory = temporaryDirectory();
    const place = join(directory, 'c', 'Users', "it's", 'env');
    writeEnvironment(fish, windowsEnvironment("C:\\Users\\it's\\env"), place);
    const tools = join(directory, 'tools');
    mkdirSync(tools);
    const turn = `[ "$1 $2" = '-u --' ] || exit 1\nprintf '%s\\n' "$3" | sed 's|^C:|${directory}/c|; s|\\\\|/|g'`;
    writeFileSync(join(tools, 'cygpath'), `#!/bin/sh\n${turn}\n`);
    chmodSync(join(tools, 'cygpath'), 0o755);
    expect(
      run(
        [
          `set -gx PATH ${tools} $PATH`,
          'source $argv[1]',
          'echo $VIRTUAL_ENV; echo $VIRTUAL_ENV_PROMPT; echo $PATH[1]; count $PATH',
          'deactivate',
          'echo $PATH[1]',
        ],
        join(place, 'Scripts', 'activate.fish'),
      ),
    ).toEqual([place, 'env', `${place}/Scripts`, '4', tools]);
  });
});
