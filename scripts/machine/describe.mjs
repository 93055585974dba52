// What a test run says of the machine, so that no one takes a skipped test for a passed one.
import { spawnSync } from 'node:child_process';
import { COMMANDS, findCommand, findPythons, HEADERS, missingHeaders } from './needs.mjs';

const MISSING = 'missing: its tests are skipped';

/** What is on this machine, as a table to read. */
export function describeMachine() {
  const headers = missingHeaders();
  const rows = [
    ...Object.keys(COMMANDS).map((name) => [name, versionOf(name)]),
    ...Object.keys(HEADERS).map((name) => [name, headers.includes(name) ? MISSING : 'here']),
    ['pythons', findPythons().join(' ') || 'none'],
  ];
  return ['on this machine:', ...rows.map(([name = '', found]) => `  ${name.padEnd(17)} ${found}`)].join('\n');
}

/** @param {string} name */
function versionOf(name) {
  const path = findCommand(name);
  if (path === undefined) return MISSING;
  const args = COMMANDS[name]?.version;
  if (args === undefined) return path;
  const { stdout, stderr } = spawnSync(path, args, { encoding: 'utf8', timeout: 10_000 });
  return `${stdout}${stderr}`.trim().split('\n')[0];
}
