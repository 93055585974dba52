import { execFileSync } from 'node:child_process';
import python from '@vivarium/activator-python';
import { scriptOf } from '@vivarium/test-utils/activator-scripts';
import { linuxEnvironment } from '@vivarium/test-utils/environments';
import { HOSTILE_NAMES, hostileNames, NAMES_WITH_LINE_BREAKS } from '@vivarium/testkit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newest } from './pythons.ts';

// The quoted prompt, as it is in the script.
const quoted = (prompt: string): string => {
  const [, from = ''] = scriptOf(python, linuxEnvironment('/e', { prompt })).split('    prompt = ');
  return from.split('\n')[0] ?? '';
};

const DECODE =
  'import ast, json, sys; print(json.dumps([ast.literal_eval(text) for text in json.loads(sys.stdin.read())]))';

test('Python reads every quoted value back, and no control character stands as it is', () => {
  fc.assert(
    fc.property(fc.array(hostileNames(true), { minLength: 1, maxLength: 60 }), (generated) => {
      const names = [...HOSTILE_NAMES, ...NAMES_WITH_LINE_BREAKS, '\0', '\u001f\u007f', '\\x27', ...generated];
      const literals = names.map(quoted);
      const answer = execFileSync(newest.executable, ['-I', '-c', DECODE], {
        input: JSON.stringify(literals),
        encoding: 'utf8',
      });
      expect(JSON.parse(answer)).toEqual(names);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
      expect(literals.filter((literal) => /[\u0000-\u001f\u007f]/.test(literal))).toEqual([]);
    }),
    { numRuns: 10 },
  );
});
