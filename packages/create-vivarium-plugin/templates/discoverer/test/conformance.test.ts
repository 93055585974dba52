import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { testDiscoverer } from '@vivarium/testkit';
import __IDENTIFIER__ from '__PACKAGE__';

testDiscoverer(__IDENTIFIER__, {
  arrange({ directory, python }) {
    const list = join(directory, 'pythons.txt');
    writeFileSync(list, `# the most wanted first\n/nowhere/python3\n${python}\n`);
    return { settings: { __OPTION__List: list } };
  },
});
