import { PLUGIN_KINDS } from '@vivarium/core/host';
import { expect, test } from 'vitest';
import { vivariumSchema } from '../src/commands/schema.ts';
import { officialPlugins } from '../src/official/plugins.ts';

// Editors take it from the package. Plugins by others have further settings, which `vivarium schema` adds.
test('the published schema has all settings there are (`npx vitest run test/schema.test.ts --update` writes it)', async () => {
  const tables = await Promise.all(PLUGIN_KINDS.map((kind) => officialPlugins.table[kind]()));
  const options = Object.assign({}, ...tables.flatMap(Object.values).map(({ options }) => options));
  const schema = { ...vivariumSchema(options), additionalProperties: true };
  await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot('../settings.schema.json');
});
