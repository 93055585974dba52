// The command bundles the official plugins: what is new in one of them is new in the command too, and changesets can't
// know. So a set of changes that names one has to name `vivarium`.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './set-up.mjs';

const directory = join(root, '.changeset');
const named = new Set(
  readdirSync(directory)
    .filter((name) => name.endsWith('.md') && name !== 'README.md')
    .flatMap((name) => {
      const [, head = ''] = readFileSync(join(directory, name), 'utf8').split('---');
      return [...head.matchAll(/"([^"]+)":/g)].map(([, packageName]) => packageName);
    }),
);
const command = JSON.parse(readFileSync(join(root, 'packages/cli/package.json'), 'utf8'));
const bundled = Object.keys(command.devDependencies).filter((name) => named.has(name));
if (bundled.length > 0 && !named.has(command.name)) {
  process.stderr.write(`Changesets name ${bundled.join(', ')}, and not ${command.name}, which bundles them\n`);
  process.exit(1);
}
