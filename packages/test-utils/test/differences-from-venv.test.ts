import { readFileSync } from 'node:fs';
import { DIFFERENCES, unlisted } from '@vivarium/test-utils/differences-from-venv';
import { expect, test } from 'vitest';

const page = new URL('../../../docs/differences-from-venv.md', import.meta.url);

test('the documents list the differences from venv that the tests allow, with the same reasons', () => {
  const rows = readFileSync(page, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| ') && !/^\| (?:what is|---)/.test(line));
  expect(rows).toEqual(DIFFERENCES.map(({ what, why }) => `| ${what} | ${why} |`));
});

test('a difference that is not listed is told', () => {
  expect(unlisted(new Map([['bin/python3', ['file 755', undefined]]]))).toEqual([
    'bin/python3: file 755 here, nothing there',
  ]);
  expect(unlisted(new Map([['bin/python3', ['link to python', 'link to /usr/bin/python3']]]))).toEqual([]);
  expect(unlisted(new Map([['CACHEDIR.TAG', [undefined, 'file 644']]]))).toHaveLength(1);
});
