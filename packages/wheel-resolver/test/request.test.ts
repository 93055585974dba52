import { isVivariumError } from '@vivarium/core/plugin';
import { requestSeeds, summarizeRequests } from '@vivarium/wheel-resolver';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { interpreterOf, settingsWith } from './lab.ts';

function names(python: string, changes = {}) {
  return requestSeeds(interpreterOf(python), settingsWith(changes)).map(({ name }) => name);
}

describe('seeds that no one chose', () => {
  test.each([
    ['2.7.18', ['pip', 'setuptools', 'wheel']],
    ['3.8.18', ['pip', 'setuptools', 'wheel']],
    ['3.9.0', ['pip', 'setuptools']],
    ['3.11.7', ['pip', 'setuptools']],
    ['3.12.0', ['pip']],
    ['3.15.2', ['pip']],
  ])('are for Python %s: %j', (python, expected) => expect(names(python)).toEqual(expected));

  test('are not insisted on', () => {
    expect(requestSeeds(interpreterOf('3.8.1'), settingsWith()).map(({ isAsked }) => isAsked)).toEqual([
      false,
      false,
      false,
    ]);
  });
});

describe('seeds that were chosen', () => {
  test('come and go by word and by flag', () => {
    expect(names('3.12.1', { setuptools: 'bundle', wheel: 'embed' })).toEqual(['pip', 'setuptools', 'wheel']);
    expect(names('3.8.1', { setuptools: 'none', noWheel: true })).toEqual(['pip']);
    expect(names('3.8.1', { pip: '24.0', noPip: true, noSetuptools: true, noWheel: true })).toEqual([]);
  });

  test('take words, versions and ranges', () => {
    const [pip, setuptools, wheel] = requestSeeds(
      interpreterOf('3.8.1'),
      settingsWith({ pip: 'embed', setuptools: '65.5', wheel: '>=0.30, <0.40' }),
    );
    expect(pip).toMatchObject({ range: '', isShipped: true, isAsked: true });
    expect(setuptools).toMatchObject({ range: '==65.5', isShipped: false, isAsked: true });
    expect(wheel).toMatchObject({ range: '>=0.30,<0.40', isAsked: true });
  });

  test('are further packages too, and these may be seeds', () => {
    const requests = requestSeeds(
      interpreterOf('3.12.1'),
      settingsWith({ seedPackage: ['Foo_Bar==1.0', 'pip >= 23', 'x'] }),
    );
    expect(requests).toMatchObject([
      { name: 'pip', range: '>=23', isAsked: true },
      { name: 'foo-bar', range: '==1.0', isAsked: true },
      { name: 'x', range: '', isAsked: true },
    ]);
    expect(summarizeRequests(requests)).toEqual([
      ['pip', '>=23'],
      ['foo-bar', '1.0'],
      ['x', 'bundle'],
    ]);
  });
});

describe('what is not a version', () => {
  test.each(['bundled', '1.x', '==', '-1', '--index-url=http://x', '1.0 --pre', '$(id)'])('is refused: %s', (pip) => {
    expect(() => requestSeeds(interpreterOf('3.12.1'), settingsWith({ pip }))).toThrow(
      expect.objectContaining({ code: 'SEED_VERSION_INVALID', source: '--pip', exitCode: 2 }),
    );
  });

  test.each(['-r x', '--pre', 'a b', 'pip[extra]', 'x @ http://y', './x', 'a;b', 'a==1;b', ''])(
    'nor a package: `%s`',
    (text) => {
      expect(() => requestSeeds(interpreterOf('3.12.1'), settingsWith({ seedPackage: [text] }))).toThrow(
        expect.objectContaining({ code: 'SEED_PACKAGE_INVALID', source: '--seed-package', exitCode: 2 }),
      );
    },
  );

  test('but a range with blanks and line breaks is one without', () => {
    const [pip] = requestSeeds(interpreterOf('3.12.1'), settingsWith({ pip: ' >= 23,\n <25 ' }));
    expect(pip).toMatchObject({ range: '>=23,<25', text: '>=23,<25' });
  });

  test('ends in an error for users or in a request that no command line takes for a flag', () => {
    const part = fc.oneof(
      fc.constantFrom('-', '--pre', ' ', '==', '>=', '1', '0', '.', 'pip', '[x]', ';', '\n', ','),
      fc.string(),
    );
    const text = fc.array(part, { maxLength: 6 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (value) => {
        for (const changes of [{ pip: value }, { seedPackage: [value] }]) {
          try {
            for (const { name, range } of requestSeeds(interpreterOf('3.12.1'), settingsWith(changes))) {
              expect(`${name}${range}`).toMatch(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?([=<>~!].*)?$/);
              expect(range).not.toMatch(/\s-/);
            }
          } catch (error) {
            if (!isVivariumError(error)) throw error;
          }
        }
      }),
      { numRuns: 2000 },
    );
  });
});
