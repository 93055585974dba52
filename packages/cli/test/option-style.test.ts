import { coreOptions, type Options, PLUGIN_KINDS } from '@vivarium/core/host';
import { describe, expect, test } from 'vitest';
import { cliOptions } from '../src/cli-options.ts';
import { commands } from '../src/commands/table.ts';
import { officialPlugins } from '../src/official/plugins.ts';

const plugins = await Promise.all(PLUGIN_KINDS.map((kind) => officialPlugins.table[kind]()));
const nothingSet = { flags: {}, env: {}, files: [], cwd: '/' };
const ofCommands = await Promise.all(
  commands.map(async ({ load }) => (await load()).command.options(nothingSet, () => {})),
);
const declared: Options = Object.assign(
  {},
  ...ofCommands,
  coreOptions,
  cliOptions,
  ...plugins.flatMap(Object.values).map(({ options }) => options),
);

// One page of help shows them all below each other.
describe.each(Object.entries(declared))('the help of %s', (_, option) => {
  test('begins in lower case, or with a name, and has no full stop', () => {
    expect(option.help).toMatch(/^(?:[a-z`.]|Python\b|DEST\b)/);
    expect(option.help).not.toMatch(/\.$|\n/);
  });

  test('says in the same words what is the same', () => {
    expect(option.help).not.toMatch(/\[default|may be repeated|repeatedly|several times/);
    expect(option.help).not.toMatch(/\bdirectories?\b|\bat hand\b|\bput in\b|\bbehind the run\b/);
    if (
      option.type === 'paths' ||
      option.type === 'specs' ||
      (option.type === 'list' && option.separator === undefined)
    ) {
      expect(option.help).toContain('can be given more than once');
    }
  });
});

test('what a project may set: the page is written from the declarations (`npx vitest run test/option-style.test.ts --update` writes it)', async () => {
  const { projectSettingsPage } = await import('../src/commands/schema.ts');
  await expect(projectSettingsPage(declared)).toMatchFileSnapshot('../../../docs/reference/project-settings.md');
});
