import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { coreOptions } from '@vivarium/core/host';
import { expect, expectTypeOf, test } from 'vitest';
import { createEnvironment, type EnvironmentOptions, planEnvironment } from 'vivarium';
import { testDirectory } from './directory.ts';

/** A call as JavaScript makes it, with nothing checked before. */
const plan = (options: unknown) => planEnvironment(options as EnvironmentOptions);

test.each([
  [{ destination: 'e', pyhton: '3.12' }, 'Unknown option `pyhton`', 'Did you mean `python`?'],
  [{ destination: 'e', promt: 'x' }, 'Unknown option `promt`', 'Did you mean `prompt`?'],
  [{ destination: 'e', 'system-site-packages': true }, 'Unknown option', 'Did you mean `systemSitePackages`?'],
  [{ destination: 'e', noSeed: true }, 'Unknown option `noSeed`', 'The options are destination, '],
  [{ destination: 'e', pluginSettings: { pipp: '24' } }, 'Unknown option `pluginSettings.pipp`', 'Did you mean `pip`?'],
  [{ destination: 'e', pluginSettings: { 'link-mode': 'copy' } }, 'Unknown option', 'Did you mean `linkMode`?'],
  [{ destination: 'e', pluginSettings: { clear: true } }, 'Unknown option `pluginSettings.clear`', 'The options are'],
  [{}, 'Missing required option `destination`', "{ destination: '.venv' }"],
  [undefined, "The options can't be used: expected an object, got undefined", 'The options are'],
  ['env', "The options can't be used: expected an object, got 'env'", 'The options are'],
  [{ destination: 7 }, "`destination` can't be used: expected a string or a file: URL, got the number 7", ''],
  [{ destination: new URL('https://example.org/') }, 'got https://example.org/', ''],
  [{ destination: 'e', python: 3.1 }, "`python` can't be used: expected a string ('3.10' and not 3.10)", ''],
  [{ destination: 'e', clear: 'yes' }, "`clear` can't be used: expected true or false, got 'yes'", ''],
  [{ destination: 'e', prompt: 5 }, "`prompt` can't be used: expected a string, got the number 5", ''],
  [{ destination: 'e', plugins: 'x' }, "`plugins` can't be used: expected an array, got 'x'", ''],
  [{ destination: 'e', signal: {} }, "`signal` can't be used: expected an AbortSignal, got an object", ''],
  [{ destination: 'e', onWarn: 1 }, "`onWarn` can't be used: expected a function", ''],
  [{ destination: 'e', pluginSettings: { linkMode: 'teleport' } }, "expected one of 'auto', ", ''],
  [{ destination: 'e', creator: { kind: 'activator', name: 'a' } }, 'is not a plugin: it has no `title`', ''],
  [{ destination: 'e', seeder: { kind: 'seeder', name: 's', title: 'S' } }, 'it needs the function `plan`', ''],
  [{ destination: 'e', seeder: true }, "`seeder` can't be used: expected a name or a plugin, got true", ''],
])('%j is refused with a code and what was meant', async (options, message, hint) => {
  const error = await plan(options).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({
    code: expect.stringMatching(/^(SETTING|PLUGIN)_INVALID$/),
    message: expect.stringContaining(message),
    hint: expect.stringContaining(hint),
  });
});

test('everything that is wrong is said at once', async () => {
  await expect(plan({ pyhton: '3', clear: 1 })).rejects.toMatchObject({
    message: expect.stringMatching(/`destination`\n.*`pyhton`\n.*`clear`/),
  });
});

test('undefined stands for an option that is not given, and URLs for paths', async () => {
  const directory = testDirectory();
  const planned = await planEnvironment({
    destination: pathToFileURL(join(directory, 'env')),
    appData: pathToFileURL(join(directory, 'cache')),
    cwd: pathToFileURL(directory),
    python: undefined,
    seeder: false,
    signal: undefined,
    onWarn: undefined,
    pluginSettings: { pip: undefined },
  });
  expect(planned.environment.destination).toBe(join(directory, 'env'));
});

test('messages name options and not flags, and every option that they name can be given', async () => {
  const directory = testDirectory();
  writeFileSync(join(directory, 'mine'), '');
  const request = { destination: directory, appData: join(testDirectory(), 'cache'), seeder: false } as const;
  const error = await createEnvironment(request).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({
    code: 'DESTINATION_NOT_ENVIRONMENT',
    hint: expect.stringContaining('allowExisting: true'),
  });
  expect((error as { hint: string }).hint).not.toMatch(/--[a-z]/);
  await createEnvironment({ ...request, allowExisting: true });
  expect(readdirSync(directory)).toContain('mine');

  await expect(createEnvironment({ ...request, destination: 'e', python: '3.99' })).rejects.toMatchObject({
    code: 'INTERPRETER_NOT_FOUND',
    hint: expect.stringMatching(/`?python`?: '3\./),
  });
  expect(existsSync('e')).toBe(false);
});

test('the types are those of the declared options', () => {
  type Missing = Exclude<keyof typeof coreOptions, keyof EnvironmentOptions>;
  expectTypeOf<Missing>().toEqualTypeOf<'noSeed'>();
  expectTypeOf<EnvironmentOptions['clear']>().toEqualTypeOf<boolean | undefined>();
  expectTypeOf<EnvironmentOptions['appData']>().toEqualTypeOf<string | URL | undefined>();
  type LinkMode = NonNullable<EnvironmentOptions['pluginSettings']>['linkMode'];
  expectTypeOf<LinkMode>().toEqualTypeOf<'auto' | 'reflink' | 'hardlink' | 'copy' | 'symlink' | undefined>();
  const options: EnvironmentOptions[] = [
    { destination: 'e', signal: undefined, pluginSettings: { pip: '24.0', others: 3 } },
    // @ts-expect-error: `pyhton` is not an option
    { destination: 'e', pyhton: '3' },
    // @ts-expect-error: `destination` is required
    {},
    // @ts-expect-error: versions are strings
    { destination: 'e', python: 3.1 },
    // @ts-expect-error: a list is an array
    { destination: 'e', plugins: 'x' },
    // @ts-expect-error: `linkMode` has other choices
    { destination: 'e', pluginSettings: { linkMode: 'teleport' } },
    // @ts-expect-error: `seeder: true` names nothing
    { destination: 'e', seeder: true },
  ];
  expect(options).toHaveLength(7);
});
