// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the shells' own
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import bash from '@vivarium/activator-bash';
import { writeEnvironment } from '@vivarium/test-utils/activator-scripts';
import { linuxEnvironment } from '@vivarium/test-utils/environments';
import { temporaryDirectory } from '@vivarium/test-utils/temporary-directory';
import { expect, test } from 'vitest';
import { isThere } from './is-there.ts';

// Settings that change how a shell reads a script. None of them may change what ours does.
const OPTIONS: Readonly<Record<string, readonly string[]>> = {
  bash: [
    'set -o posix',
    'set -f',
    'set -C',
    'set -a',
    'set -E; trap "echo ERR" ERR',
    'set -o pipefail -o errtrace -o functrace',
    'shopt -s failglob nullglob extglob nocaseglob nocasematch',
    'shopt -s xpg_echo inherit_errexit',
    'shopt -u promptvars sourcepath',
    'IFS=aeiou/:_',
    'IFS=',
  ],
  zsh: [
    'emulate sh',
    'emulate ksh',
    'emulate csh',
    'setopt glob_subst glob_assign extended_glob',
    'unsetopt multibyte',
    'setopt sh_word_split glob_subst ksh_arrays',
    'setopt extended_glob null_glob glob_assign',
    'setopt no_nomatch no_bare_glob_qual csh_null_glob',
    'setopt rc_quotes rc_expand_param ignore_braces',
    'setopt csh_junkie_loops csh_nullcmd',
    'setopt warn_create_global',
    'setopt posix_builtins posix_argzero no_function_argzero',
    'setopt all_export',
    'setopt err_return no_unset',
    'setopt ksh_typeset typeset_silent no_short_loops no_multios',
    'setopt prompt_subst prompt_bang no_prompt_percent',
    'alias -g L="| less" G="| grep" ...=../.. NUL=">/dev/null"',
    'IFS=aeiou/:_',
  ],
  ksh93: ['set -f', 'set -C', 'set -a', 'set -o pipefail', 'set -o globstar', 'IFS=aeiou/:_'],
  mksh: ['set -o posix', 'set -o sh', 'set -f', 'set -C', 'set -a', 'set -o braceexpand', 'IFS=aeiou/:_'],
  dash: ['set -f', 'set -C', 'set -a', 'IFS=aeiou/:_'],
  yash: ['set -o posix', 'set -f', 'set -C', 'set -a', 'set -o nullglob -o extendedglob', 'IFS=aeiou/:_'],
  posh: ['set -f', 'set -C', 'set -a', 'IFS=aeiou/:_'],
};

// A zsh that was started as another shell loads less by itself.
const STARTED_AS: Readonly<Record<string, readonly string[]>> = {
  'zsh started as sh': ['zsh', '--emulate', 'sh', '-f'],
  'zsh started as ksh': ['zsh', '--emulate', 'ksh', '-f'],
  'bash in POSIX mode': ['bash', '--norc', '--posix'],
};

for (const [title, [shell = '', ...flags]] of Object.entries(STARTED_AS)) {
  test.skipIf(!isThere(shell) && process.env.CI !== 'true')(`${title} enters and leaves it, with set -eu too`, () => {
    const directory = temporaryDirectory();
    writeEnvironment(bash, linuxEnvironment(join(directory, 'env')));
    const activate = `. ${directory}/env/bin/activate`;
    const show = 'printf "%s|" "${VIRTUAL_ENV-none}" "$PATH"';
    const script = ['set -eu', activate, show, 'deactivate', show, `f() { ${activate}; }; f`, '(deactivate)', show];
    const { stdout, stderr } = spawnSync(shell, [...flags, '-c', [...script, 'deactivate', show].join('\n')], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8' },
    });
    const inside = `${directory}/env|${directory}/env/bin:/usr/bin:/bin|`;
    const outside = 'none|/usr/bin:/bin|';
    expect(stderr + stdout).toBe([inside, outside, inside, outside].join(''));
  });
}

for (const [shell, settings] of Object.entries(OPTIONS)) {
  test.skipIf(!isThere(shell) && process.env.CI !== 'true')(`${shell} reads it alike under other settings`, () => {
    const directory = temporaryDirectory();
    const place = join(directory, "it's [a] $(place)");
    writeEnvironment(bash, linuxEnvironment(place));
    const seen = settings.map((setting) => {
      const script = [
        `script="$1"; PYTHONHOME=/python; export PYTHONHOME; PS1='> '`,
        setting,
        'set -eu',
        `. "$script"`,
        `. "$script"`,
        'printf "%s|" "$?" "$VIRTUAL_ENV" "$VIRTUAL_ENV_PROMPT" "$PATH" "${PYTHONHOME-none}" "$PKG_CONFIG_PATH"',
        'deactivate',
        'printf "%s|" "$?" "${VIRTUAL_ENV-none}" "$PATH" "$PYTHONHOME" "${PKG_CONFIG_PATH-none}" "$PS1"',
      ].join('\n');
      const flags = shell === 'zsh' ? ['-f'] : [];
      const { stdout, stderr } = spawnSync(shell, [...flags, '-c', script, shell, join(place, 'bin', 'activate')], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8' },
      });
      return { setting, stdout, stderr };
    });
    const during = ['0', place, "it's [a] $(place)", `${place}/bin:/usr/bin:/bin`, 'none', `${place}/lib/pkgconfig`];
    const after = ['0', 'none', '/usr/bin:/bin', '/python', 'none', '> '];
    const stdout = [...during, ...after, ''].join('|');
    expect(seen).toEqual(settings.map((setting) => ({ setting, stdout, stderr: '' })));
  });
}
