import { expect, test } from 'vitest';
import schema from 'vivarium/output.schema.json' with { type: 'json' };
import { commands } from '../src/commands/table.ts';

const layers = { flags: {}, env: {}, files: [], cwd: '/' };

const described = new Set(
  [...JSON.stringify(schema.anyOf).matchAll(/"command":\{"const":"([^"]+)"/g)].map(([, name]) => name),
);

test.each(commands.filter(({ hidden }) => !hidden))(
  'the published schema has the document of `$name`, if that prints one',
  async ({ name, load }) => {
    const { command } = await load();
    const options = await command.options(layers, () => {});
    // `run` hands standard output to the command that it starts: a document of its own is printed on failure alone.
    expect(described.has(name)).toBe('json' in options && name !== 'run');
  },
);
