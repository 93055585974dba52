import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Activator, defineActivator } from '@vivarium/core/host';
import { scriptOf, writeEnvironment } from '@vivarium/test-utils/activator-scripts';
import { linuxEnvironment, windowsEnvironment } from '@vivarium/test-utils/environments';
import { temporaryDirectory } from '@vivarium/test-utils/temporary-directory';
import { expect, test } from 'vitest';

const names: Activator = defineActivator({
  kind: 'activator',
  name: 'names',
  title: 'NamesActivator',
  supports: () => true,
  scripts: ({ destination, prompt = 'none', interpreter }) => [
    { name: 'names.txt', contents: [interpreter.os, destination, prompt, interpreter.tcl?.tclLibrary].join('\n') },
  ],
});
const tcl = { tclLibrary: '/opt/tcl', tkLibrary: '/opt/tk' };

test('an environment that was written is one to the Python in it', () => {
  const place = join(temporaryDirectory(), 'env');
  const script = writeEnvironment(names, linuxEnvironment(place));
  expect(script).toBe(join(place, 'bin', 'names.txt'));
  expect(readFileSync(script, 'utf8')).toBe(`posix\n${place}\nnone\n`);
  const program = 'import sys; print(sys.prefix)';
  expect(execFileSync(join(place, 'bin', 'python'), ['-c', program], { encoding: 'utf8' })).toBe(`${place}\n`);
});

test('one of Windows can be elsewhere than its script is told', () => {
  const place = temporaryDirectory();
  const script = writeEnvironment(names, windowsEnvironment('C:\\env', { prompt: 'mine', tcl }), place);
  expect(script).toBe(join(place, 'Scripts', 'names.txt'));
  expect(readFileSync(script, 'utf8')).toBe('nt\nC:\\env\nmine\n/opt/tcl');
});

test('an activator without a script that activates is refused', () => {
  const silent = defineActivator({ ...names, scripts: () => [] });
  expect(() => scriptOf(silent, linuxEnvironment('/env'))).toThrow('names writes no script that activates');
});

let earlier = '';

test.each(['before', 'after'])('a temporary directory goes away with its test: %s', (moment) => {
  expect(existsSync(earlier)).toBe(false);
  if (moment === 'before') earlier = temporaryDirectory();
  expect(existsSync(earlier)).toBe(moment === 'before');
});
