import { join } from 'node:path';
import activator from '@vivarium/activator-nushell';
import { writeEnvironment } from '@vivarium/test-utils/activator-scripts';
import { linuxEnvironment } from '@vivarium/test-utils/environments';
import { temporaryDirectory } from '@vivarium/test-utils/temporary-directory';
import { openTerminal, type Terminal } from '@vivarium/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { nushell, program, quote } from './shell.ts';

/** Someone at a terminal, who reads what was printed since the last line. */
interface Session {
  type(line: string): Promise<string>;
}

test('An overlay is entered, left and entered again, line by line', async () => {
  const directory = temporaryDirectory();
  const first = writeEnvironment(activator, linuxEnvironment(join(directory, 'first')));
  const second = writeEnvironment(activator, linuxEnvironment(join(directory, 'second')));
  const session = await openSession(directory);
  const look = 'print $"<($env.VIRTUAL_ENV?)|($env.PATH | str join :)>"';
  const path = '/usr/bin:/bin';
  for (const round of [1, 2]) {
    expect(await session.type(`overlay use ${quote(first)}`)).toBe('');
    expect({ round, seen: await session.type(look) }).toEqual({
      round,
      seen: `<${directory}/first|${directory}/first/bin:${path}>`,
    });
    expect(await session.type(`overlay use ${quote(second)}`)).toBe('');
    expect(await session.type(look)).toBe(`<${directory}/second|${directory}/second/bin:${path}>`);
    expect(await session.type(`overlay use ${quote(second)}`)).toBe('');
    expect(await session.type(look)).toBe(`<${directory}/second|${directory}/second/bin:${path}>`);
    expect(await session.type('deactivate')).toBe('');
    expect(await session.type(look)).toBe(`<|${path}>`);
    expect(
      await session.type('print ([VIRTUAL_ENV VIRTUAL_ENV_PROMPT VIVARIUM_OVERLAY] | any {|name| $name in $env })'),
    ).toBe('false');
  }
});

test('What was done in an environment outlives it', async () => {
  const directory = temporaryDirectory();
  const session = await openSession(directory);
  await session.type('$env.BEFORE = "old"');
  expect(
    await session.type(`overlay use ${quote(writeEnvironment(activator, linuxEnvironment(join(directory, 'env'))))}`),
  ).toBe('');
  await session.type(
    '$env.BEFORE = "new"; $env.ADDED = "added"; $env.PATH = ["/mine" ...$env.PATH]; $env.PYTHONHOME = "/home"',
  );
  await session.type('$env.PROMPT_COMMAND = {|| "mine" }; $env.config.show_banner = false');
  await session.type('def greeting [] { "a greeting" }');
  await session.type('cd /usr');
  expect(await session.type('deactivate')).toBe('');
  expect(await session.type('print $"($env.BEFORE) ($env.ADDED) ($env.PATH | str join :) ($env.PYTHONHOME)"')).toBe(
    'new added /mine:/usr/bin:/bin /home',
  );
  expect(await session.type('print $"(do $env.PROMPT_COMMAND) ($env.config.show_banner) (greeting) ($env.PWD)"')).toBe(
    'mine false a greeting /usr',
  );
});

test('A prompt that is a text is drawn too, and one that there is not', async () => {
  const directory = temporaryDirectory();
  const script = writeEnvironment(activator, linuxEnvironment(join(directory, 'env')));
  const session = await openSession(directory);
  const draw = 'print (do $env.PROMPT_COMMAND)';
  await session.type('$env.PROMPT_COMMAND = "a text"');
  await session.type(`overlay use ${quote(script)}`);
  expect(await session.type(draw)).toBe('(env) a text');
  await session.type('deactivate');
  expect(await session.type('print $env.PROMPT_COMMAND')).toBe('a text');
  await session.type('hide-env PROMPT_COMMAND');
  await session.type(`overlay use ${quote(script)}`);
  expect(await session.type(draw)).toBe(`(env) ${directory}`);
});

test('Anyone who enters in another way is told how to do it', async () => {
  const directory = temporaryDirectory();
  const script = writeEnvironment(activator, linuxEnvironment(join(directory, 'env')));
  const session = await openSession(directory);
  expect(await session.type(`use ${quote(script)} *`)).toContain(`Type:  overlay use r#'${script}'#`);
  expect(await session.type('print ("VIRTUAL_ENV" in $env)')).toBe('false');
  expect(await session.type(`source ${quote(script)}`)).toContain(`Type:  overlay use r#'${script}'#`);
  expect(await session.type('print ("VIRTUAL_ENV" in $env)')).toBe('false');
});

test('A source that was refused leaves nothing defined, and the hooks as they were', async () => {
  const directory = temporaryDirectory();
  const script = writeEnvironment(activator, linuxEnvironment(join(directory, 'env')));
  const session = await openSession(directory);
  const own = 'scope commands | where type == custom or type == alias | get name | str join ,';
  await session.type('def mine [] { "mine" }; $env.config.hooks.pre_prompt = [{|| null }]');
  const before = await session.type(`print (${own})`);
  expect(before).toContain('mine');
  for (const _ of [1, 2]) {
    expect(await session.type(`source ${quote(script)}`)).toContain(`Type:  overlay use r#'${script}'#`);
    expect(await session.type(`print (${own})`)).toBe(before);
    expect(await session.type('print ($env.config.hooks.pre_prompt | length) ("VIVARIUM_HOOKS" in $env)')).toBe(
      '1\nfalse',
    );
  }
  expect(await session.type(`overlay use ${quote(script)}`)).toBe('');
  expect(await session.type('print $env.VIRTUAL_ENV_PROMPT')).toBe('env');
  expect(await session.type('deactivate')).toBe('');
  expect(await session.type(`print (${own})`)).toBe(before);
});

async function openSession(directory: string): Promise<Session> {
  const terminal = openTerminal({
    program,
    arguments: nushell.prompt?.arguments ?? [],
    env: { PATH: '/usr/bin:/bin', HOME: directory, LANG: 'C.UTF-8' },
    cwd: directory,
  });
  onTestFinished(() => terminal.close());
  await terminal.wait((drawn) => drawn.trim() !== '');
  const session = { type: (line: string) => type(terminal, line) };
  await session.type('$env.PROMPT_COMMAND_RIGHT = ""; $env.PROMPT_INDICATOR = "nu-lab> "');
  return session;
}

async function type(terminal: Terminal, line: string): Promise<string> {
  terminal.enter(line);
  const after = (drawn: string): string => drawn.slice(drawn.indexOf(line) + line.length);
  const drawn = await terminal.wait((text) => text.includes(line) && /^\s*\n(.*\n)?.*nu-lab>$/s.test(after(text)));
  return after(drawn).split('\n').slice(0, -1).join('\n').trim();
}
