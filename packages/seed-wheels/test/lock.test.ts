import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { compare, satisfies } from '@renovatebot/pep440';
import { lockedWheels, wheelsDirectory } from '@vivarium/seed-wheels';
import { describe, expect, test } from 'vitest';

function newest(name: string, python: string) {
  return lockedWheels
    .filter((wheel) => wheel.name === name && satisfies(python, wheel.python))
    .sort((a, b) => compare(b.version, a.version))[0];
}

describe('the lock file', () => {
  test.each(['2.7.18', '3.6.15', '3.7.16', '3.8.18', '3.9.18', '3.10.13', '3.12.1', '3.13.0', '3.16.0'])(
    'has pip, setuptools and wheel for Python %s, and what they need',
    (python) => {
      for (const name of ['pip', 'setuptools', 'wheel']) {
        const wheel = newest(name, python);
        expect(wheel, `${name} for ${python}`).toBeDefined();
        for (const requirement of wheel?.requires ?? []) {
          const needed = /^[A-Za-z0-9._-]*[A-Za-z0-9]/.exec(requirement)?.[0] ?? '';
          expect(newest(needed, python), `${requirement} for ${python}`).toBeDefined();
        }
      }
    },
  );

  test('has the last versions for a Python that is left behind', () => {
    expect(newest('pip', '3.7.16')?.version).toBe('24.0');
    expect(newest('setuptools', '3.7.16')?.version).toBe('68.0.0');
    expect(newest('wheel', '3.7.16')?.version).toBe('0.42.0');
    expect(newest('pip', '2.7.18')?.version).toBe('20.3.4');
  });

  test('names each file once, after the wheel in it', () => {
    expect(new Set(lockedWheels.map(({ file }) => file)).size).toBe(lockedWheels.length);
    for (const { name, version, file, sha256, size } of lockedWheels) {
      expect(file).toMatch(new RegExp(`^${name}-${version.replaceAll('.', '\\.')}-py[0-9.py]*-none-any\\.whl$`));
      expect(sha256).toMatch(/^[0-9a-f]{64}$/);
      expect(size).toBeGreaterThan(1000);
    }
  });
});

test('wheels that were fetched are those of the lock file', () => {
  expect(isAbsolute(wheelsDirectory)).toBe(true);
  const fetched = lockedWheels.filter(({ file }) => existsSync(join(wheelsDirectory, file)));
  for (const { file, sha256, size } of fetched) {
    expect(statSync(join(wheelsDirectory, file)).size, file).toBe(size);
    expect(
      createHash('sha256')
        .update(readFileSync(join(wheelsDirectory, file)))
        .digest('hex'),
      file,
    ).toBe(sha256);
  }
});
