import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  mayBeMeant,
  parseLauncherList,
  parseQuery,
  parseSpec,
  type RegisteredPython,
  registeredPythons,
} from '@vivarium/discovery';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const KEY = 'Software\\Python';
const local = 'C:\\Users\\Zoë\\AppData\\Local\\Programs\\Python';

// Windows ends lines with both characters.
function recorded(name: string): string {
  return readFileSync(join(import.meta.dirname, 'windows', name), 'utf8').replaceAll('\n', '\r\n');
}

function ofUser(): readonly RegisteredPython[] {
  return registeredPythons(parseQuery(recorded('user.txt'), KEY), 64);
}

describe('the registry (PEP 514)', () => {
  test('of a user is read, newest first and those of python.org before others', () => {
    expect(ofUser()).toStrictEqual([
      {
        company: 'PythonCore',
        tag: '3.13',
        executable: `${local}\\Python313\\python.exe`,
        version: [3, 13],
        isFreeThreaded: false,
        bits: 64,
      },
      {
        company: 'PythonCore',
        tag: '3.13t',
        executable: `${local}\\Python313\\python3.13t.exe`,
        version: [3, 13],
        isFreeThreaded: true,
        bits: 64,
      },
      {
        company: 'Astral',
        tag: 'CPython3.12.7',
        executable: 'C:\\Users\\Zoë\\AppData\\Roaming\\uv\\python\\cpython-3.12.7-windows-x86_64-none\\python.exe',
        version: [3, 12, 7],
        isFreeThreaded: false,
        bits: 64,
      },
      {
        company: 'PythonCore',
        tag: '3.12',
        executable: `${local}\\Python312\\python.exe`,
        version: [3, 12],
        isFreeThreaded: false,
        bits: 64,
      },
      {
        company: 'ContinuumAnalytics',
        tag: 'Anaconda310-64',
        executable: 'C:\\Users\\Zoë\\miniconda3\\python.exe',
        version: [3, 10],
        isFreeThreaded: false,
        bits: 64,
      },
      {
        company: 'Odd',
        tag: 'my build',
        executable: 'C:\\Program Files\\Odd    Python\\python.exe',
        version: [],
        isFreeThreaded: false,
        bits: 64,
      },
    ]);
  });

  test('of a machine is read in another language, where old releases tell only their directory', () => {
    const pythons = registeredPythons(parseQuery(recorded('machine-32-german.txt'), KEY), 32);
    expect(pythons.map(({ executable, version, bits }) => [executable, version, bits])).toStrictEqual([
      ['C:\\Program Files (x86)\\Python38-32\\python.exe', [3, 8], 32],
      ['C:\\Python27\\python.exe', [2, 7], 32],
    ]);
  });

  test('says which Pythons a request can mean', () => {
    const tags = (spec: string | undefined): readonly string[] =>
      ofUser()
        .filter((python) => mayBeMeant(python, specOf(spec)))
        .map(({ tag }) => tag);
    const specOf = (text: string | undefined) => {
      const spec = text === undefined ? undefined : parseSpec(text);
      return spec?.kind === 'version' ? spec : undefined;
    };
    expect(tags(undefined)).toHaveLength(6);
    expect(tags('3.13')).toStrictEqual(['3.13', 'my build']);
    expect(tags('3.13t')).toStrictEqual(['3.13t', 'my build']);
    expect(tags('3.12')).toStrictEqual(['CPython3.12.7', '3.12', 'my build']);
    expect(tags('3.12.4')).toStrictEqual(['3.12', 'my build']);
    expect(tags('3.10-32')).toStrictEqual(['my build']);
    expect(tags('pypy')).toStrictEqual(['my build']);
    expect(tags('>=3.11')).toHaveLength(5);
  });

  test('is empty where the key is missing, and no text at all makes it fail', () => {
    expect(registeredPythons(parseQuery('', KEY))).toStrictEqual([]);
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...recorded('user.txt').split('\r\n'), '    ', 'x')), (lines) => {
        for (const python of registeredPythons(parseQuery(lines.join('\r\n'), KEY))) {
          expect(python.executable).toMatch(/^[A-Z]:\\.*\.exe$/);
        }
      }),
    );
  });
});

describe('the launcher', () => {
  test.each([
    [
      'launcher.txt',
      [
        'C:\\Users\\Zoë\\project\\.venv\\Scripts\\python.exe',
        `${local}\\Python313\\python.exe`,
        `${local}\\Python313\\python3.13t.exe`,
        'C:\\Program Files (x86)\\Python38-32\\python.exe',
        'C:\\Users\\Zoë\\miniconda3\\python.exe',
      ],
    ],
    ['launcher-3.8.txt', [`${local}\\Python38\\python.exe`, 'C:\\Python27\\python.exe']],
  ])('lists paths, as recorded in %s', (name, paths) => {
    expect(parseLauncherList(recorded(name))).toStrictEqual(paths);
  });

  test('that found nothing lists nothing', () => {
    expect(parseLauncherList('No installed Pythons found!\r\n')).toStrictEqual([]);
  });
});
