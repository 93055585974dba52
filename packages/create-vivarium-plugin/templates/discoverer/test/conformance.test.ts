import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { testDiscoverer } from '@vivarium/testkit';
import __IDENTIFIER__ from '__PACKAGE__';

testDiscoverer(__IDENTIFIER__, {
  arrange({ folder, python }) {
    const list = join(folder, 'pythons.txt');
    writeFileSync(list, `# the most wanted first\n/nowhere/python3\n${python}\n`);
    return { settings: { __OPTION__List: list } };
  },
});
