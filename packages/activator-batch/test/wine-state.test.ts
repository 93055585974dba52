import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import batch from '@vivarium/activator-batch';
import { windowsEnvironment } from '@vivarium/test-utils/environments';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readLine, readSet } from './command-line.ts';
import { assign, makePrefix, removePrefix, windowsPath, windowsPython, wineEnvironment } from './wine.ts';

const reason = 'skipped unless it is a run of its own: npm run test:windows';
const numberOfNames = Number(process.env.VIVARIUM_HOSTILE_NAMES ?? 100);

describe.skipIf(windowsPython === undefined)(`the state of cmd.exe under wine (${reason})`, () => {
  let prefix = '';
  let directory = '';
  let runs = 0;

  beforeAll(() => {
    prefix = makePrefix();
    directory = realpathSync(mkdtempSync(join(tmpdir(), 'vivarium-cmd-')));
    make('env');
    make('other', 'a "quoted" & b^c $P');
  });

  afterAll(() => {
    removePrefix(prefix);
    rmSync(directory, { recursive: true, force: true });
  });

  test.each(['/v:off', '/v:on'])('activation and deactivation leave all variables as they were with %s', (mode) => {
    const path = 'C:\\windows\\system32;;C:\\(x86);"C:\\q & r^s";C:\\windows';
    const run = runBatch(
      [
        ...[assign('PATH', path), assign('PKG_CONFIG_PATH', 'C:\\a&b'), assign('PYTHONHOME', 'C:\\p ^h')],
        ...[keep('before'), call('env'), keep('during'), call('other'), keep('over')],
        ...['@call deactivate.bat', keep('after')],
      ],
      [mode],
    );
    expect(run.output).toBe('');
    const before = run.kept('before');
    expect(before.PATH).toBe(path);
    const scripts = windowsPath(join(directory, 'env', 'Scripts'));
    expect(run.kept('during')).toMatchObject({
      PATH: `${scripts};${path}`,
      PROMPT: '(env) $P$G',
      VIRTUAL_ENV: windowsPath(join(directory, 'env')),
      VIRTUAL_ENV_PROMPT: 'env',
    });
    expect(run.kept('during').PYTHONHOME).toBeUndefined();
    expect(run.kept('over')).toMatchObject({
      PATH: `${windowsPath(join(directory, 'other', 'Scripts'))};${path}`,
      PROMPT: '(a "quoted" & b^c $$P) $P$G',
      VIRTUAL_ENV_PROMPT: 'a "quoted" & b^c $P',
    });
    expect(run.kept('after')).toEqual(before);
  });

  test('what was added to PATH in the meantime stays, quotes and empty entries included', () => {
    const path = 'C:\\windows\\system32;;"C:\\q & r";C:\\windows';
    const run = runBatch([
      ...[assign('PATH', path), call('env')],
      assign('PATH', `"C:\\new & best";${windowsPath(join(directory, 'env', 'Scripts'))};${path};;C:\\last`),
      ...['@call deactivate.bat', keep('after')],
    ]);
    expect(run.kept('after').PATH).toBe(`"C:\\new & best";${path};;C:\\last`);
  });

  test('a prompt that was set in the meantime stays', () => {
    const run = runBatch([call('env'), assign('PROMPT', 'mine$G'), '@call deactivate.bat', keep('after')]);
    expect(run.kept('after').PROMPT).toBe('mine$G');
  });

  test('nothing is shown where commands are, and they still are afterwards', () => {
    const run = runBatch([call('env'), call('other'), '@call deactivate.bat', 'rem still shown'], [], 'on');
    expect(run.output.trim()).toMatch(/^[^\n]*>rem still shown$/);
  });

  test('nothing is shown where commands are not, and they still are not afterwards', () => {
    expect(runBatch([call('env'), '@call deactivate.bat', 'rem not shown']).output).toBe('');
  });

  test('the directory, the status and delayed expansion are as they were', () => {
    const lines = [
      call('env'),
      '@echo %ERRORLEVEL% !ERRORLEVEL!',
      '@call deactivate.bat',
      '@echo %ERRORLEVEL% !ERRORLEVEL!',
      '@cd',
    ];
    const place = windowsPath(directory);
    expect(runBatch(lines, ['/v:on']).output).toBe(`0 0\r\n0 0\r\n${place}\r\n`);
    expect(runBatch(lines, ['/v:off']).output).toBe(`0 !ERRORLEVEL!\r\n0 !ERRORLEVEL!\r\n${place}\r\n`);
  });

  test('deactivate.bat where nothing is active changes nothing', () => {
    const script = windowsPath(join(directory, 'env', 'Scripts', 'deactivate.bat'));
    const run = runBatch([keep('before'), `@call ${script}`, keep('after')]);
    expect(run.kept('after')).toEqual(run.kept('before'));
    expect(run.output).toBe('');
  });

  test('a directory is found whose name is in no code page', () => {
    const name = 'любой 日本 é';
    make(join('names', name));
    const run = runBatch([
      `@cd /d ${windowsPath(join(directory, 'names'))}`,
      '@for /d %%D in (*) do @cd "%%D\\Scripts"',
      ...['@call activate.bat', keep('during'), '@call deactivate.bat', keep('after')],
    ]);
    expect(run.kept('during')).toMatchObject({
      VIRTUAL_ENV: windowsPath(join(directory, 'names', name)),
      VIRTUAL_ENV_PROMPT: name,
      PROMPT: `(${name}) $P$G`,
    });
    expect(run.kept('after').VIRTUAL_ENV).toBeUndefined();
  });

  test(`${numberOfNames} generated names that wine can bear are set exactly, and none is run`, () => {
    const fragments = '" "" ! !! ^ ^^ & && | || < > ( ) = , ; : * ? $ $P @ / \\ \' ` - # ~ { } [ ] + pwned a b'.split(
      ' ',
    );
    const signs = fc.array(fc.constantFrom(...fragments, ' ', '\t', '& pwned &', '" & pwned & "'), {
      minLength: 1,
      maxLength: 9,
    });
    const text = signs.map((some) => some.join(''));
    const name = fc.record({ prompt: text, place: text.map((some) => `${some.replace(/["*<>?|;:/\\\t]/g, '')}x`) });
    const names = fc.sample(name, numberOfNames);
    writeFileSync(join(directory, 'pwned.bat'), `@echo pwned\r\n`);
    const run = runBatch([
      assign('PATH', `${windowsPath(directory)};C:\\windows\\system32`),
      ...names.flatMap(({ place, prompt }, index) => {
        make(join('names', `${index}`, place), prompt);
        const scripts = windowsPath(join(directory, 'names', `${index}`, place, 'Scripts'));
        return [
          `@cd /d "${scripts}"`,
          '@call activate.bat',
          `@cd /d ${windowsPath(directory)}`,
          keep(`during-${index}`),
        ];
      }),
      ...['@call deactivate.bat', keep('after')],
    ]);
    const seen = names.map((_name, index) => {
      const { VIRTUAL_ENV, VIRTUAL_ENV_PROMPT, PROMPT, PATH } = run.kept(`during-${index}`);
      return { VIRTUAL_ENV, VIRTUAL_ENV_PROMPT, PROMPT, PATH };
    });
    const expected = names.map(({ place, prompt }, index) => {
      const root = windowsPath(join(directory, 'names', `${index}`, place));
      return {
        VIRTUAL_ENV: root,
        VIRTUAL_ENV_PROMPT: prompt,
        PROMPT: `(${prompt.replaceAll('$', '$$$$')}) $P$G`,
        PATH: `${root}\\Scripts;${windowsPath(directory)};C:\\windows\\system32`,
      };
    });
    expect(seen).toEqual(expected);
    expect(run.kept('after').VIRTUAL_ENV).toBeUndefined();
    expect(run.output).toBe('');
  });

  test('lines mean to it what the model says that they mean', () => {
    const sign = fc.constantFrom(...'"^&|<>() ;,=!*?$@/a'.split(''), '^^', '^&', '^|', '^<', '^>', '^"', '%%');
    const lines = fc.sample(fc.array(sign, { minLength: 1, maxLength: 8 }), 400).map((signs) => signs.join(''));
    const possible = lines.filter((line) => {
      try {
        // To wine two quotes together are none; the scripts have such only where that comes to the same.
        return !line.includes('""') && readLine(`@set V=${line}x`).length === 1;
      } catch {
        return false;
      }
    });
    expect(possible.length).toBeGreaterThan(40);
    const run = runBatch([...possible.map((line, index) => `@set VALUE${index}=${line}x`), keep('after')]);
    const after = run.kept('after');
    const expected = possible.map((line) => readSet(readLine(`@set V=${line}x`)[0] ?? '')[1]);
    expect(possible.map((_line, index) => after[`VALUE${index}`])).toEqual(expected);
  });

  function make(name: string, prompt?: string): void {
    const root = join(directory, name);
    const subject = windowsEnvironment(windowsPath(root), prompt === undefined ? {} : { prompt });
    mkdirSync(join(root, 'Scripts'), { recursive: true });
    for (const script of batch.scripts(subject, {})) {
      writeFileSync(join(root, 'Scripts', script.name), script.contents);
    }
  }

  function call(name: string): string {
    return `@call ${windowsPath(join(directory, name, 'Scripts', 'activate.bat'))}`;
  }

  // Not by a process of its own: in wine that would have another prompt.
  function keep(label: string): string {
    return `@set >${windowsPath(join(directory, label))}.txt`;
  }

  function runBatch(lines: readonly string[], options: readonly string[] = [], echo: 'on' | 'off' = 'off') {
    runs += 1;
    const file = join(directory, `run-${runs}.bat`);
    writeFileSync(file, [`@echo ${echo}`, ...lines, ''].join('\r\n'));
    // UTF-16, which is what cmd.exe writes with /u, loses nothing.
    const words = ['cmd', '/d', '/u', ...options, '/c', windowsPath(file)];
    const env = { ...process.env, ...wineEnvironment(prefix) };
    const { stdout, stderr } = spawnSync('wine', words, { env, cwd: directory, encoding: 'utf16le', timeout: 900_000 });
    const kept = (label: string): Readonly<Record<string, string>> => {
      const text = readFileSync(join(directory, `${label}.txt`), 'utf16le').split('\r\n');
      const pairs = text.filter((line) => line.includes('=')).map((line) => line.split(/=(.*)/s).slice(0, 2));
      return Object.fromEntries(pairs) as Record<string, string>;
    };
    return { output: `${stdout}${stderr}`, kept };
  }
});
