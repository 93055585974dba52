// Installs a build in a process of its own, and says what it is doing.
import { installSpec } from '@vivarium/discoverer-standalone/managed';
import { contextIn, settingsIn } from './store.ts';

const [directory = '', manifest = '', mirror = '', calls = '1'] = process.argv.slice(2);
const settings = settingsIn(directory, { pythonManifest: manifest, pythonMirror: [mirror] });
const context = {
  ...contextIn(directory, JSON.parse(process.env.TEST_VARIABLES ?? '{}')),
  emit: (event: { readonly type: string }) => {
    if (event.type === 'python' && 'phase' in event) process.stdout.write(`${event.phase}\n`);
  },
};
const all = Array.from({ length: Number(calls) }, () => installSpec({ spec: undefined, settings, context }));
for (const { isNew } of await Promise.all(all)) process.stdout.write(`${isNew ? 'new' : 'old'}\n`);
