import { userInfo } from 'node:os';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bugReport } from '../src/terminal/bug-report.ts';

/** A directory or file as users have them. */
const secret = fc.stringMatching(/^secret[A-Za-z0-9 _.-]{0,8}[a-z]$/);

test('a bug report says what failed, where in the code, and on which system', () => {
  const error = new TypeError('x is not a function', { cause: new Error('why') });
  error.stack =
    'TypeError: x is not a function\n    at open (/home/ada/lib/node_modules/vivarium/dist/command.cjs:7:21)';
  const report = bugReport(error, 'vivarium', ['create', '-p', '3.12', '--clear', '--prompt=mine', 'dest']);
  expect(report).toEqual({
    what: 'vivarium create -p … --clear --prompt=… …',
    versions: expect.stringMatching(/^vivarium \d\S+, Node\.js \d/),
    system: `${process.platform} ${process.arch}`,
    error: expect.stringMatching(
      /^TypeError: x is not a function\n {4}at open \(command\.cjs:7:21\)\ncaused by Error: why\n {4}at /,
    ),
  });
});

test('a bug report names no file of the user, no user, and no value that was typed', () => {
  fc.assert(
    fc.property(secret, secret, fc.constantFrom('/', '\\'), (directory, name, separator) => {
      const path = ['', 'srv', directory, name].join(separator);
      const error = new Error(`ENOENT: no such file or directory, open '${path}'`);
      error.stack = `Error: x\n    at read (${separator === '/' ? '' : 'C:'}${path}${separator}main.cjs:1:2)\n    at ${path}.js:3:4`;
      const report = bugReport(error, 'vivarium', ['create', `--app-data=${path}`, '--prompt', name, path]);
      const text = Object.values(report)
        .join('\n')
        .replace(/\bsecret[^\n/\\]*\.js:3:4/g, '');
      expect(text).not.toContain('secret');
    }),
  );
  const { username, homedir } = userInfo();
  const { error } = bugReport(new Error(`${homedir}/x and ${username}`), 'vivarium', []);
  expect(error).not.toContain(homedir);
  expect(error.split('\n')[0]).not.toContain(username);
});
