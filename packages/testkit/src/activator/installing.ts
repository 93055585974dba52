import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import { findInterpreter } from '../interpreter.ts';
import { type CheckContext, type CheckTarget, check } from './check.ts';

/** A package that is installed while the environment is active. */
export function testInstalling(target: CheckTarget): void {
  check(target, 'lets a pip that insists on an environment install, and finds the command until it is left', {
    needs: ['pip', 'deactivate'],
    body: async (context) => {
      const environment = await context.make({ directory: 'env' });
      const wheel = await makeWheel(context);
      const call = context.shell.call ?? ((words: readonly string[]) => words.join(' '));
      const pip = ['python', '-m', 'pip', 'install', '--quiet', '--no-index', '--disable-pip-version-check', wheel];
      const run = await context.run(
        [
          context.call('greet', 'before'),
          context.activate(environment),
          call(pip),
          context.call('greet', 'during'),
          context.deactivate(environment),
          context.call('greet', 'after'),
          // Nothing is installed into the base by an activation that failed.
        ],
        { env: { PIP_REQUIRE_VIRTUALENV: '1' } },
      );
      expect(run.from('greet', 'before')).toBe('outside');
      expect(run.stdout + run.stderr).toBe('');
      expect(run.from('greet', 'during')).toBe('inside');
      expect(run.from('greet', 'after')).toBe('outside');
    },
  });
}

// A wheel with one module and one console script, packed by Python's own zipfile.
async function makeWheel(context: CheckContext): Promise<string> {
  const wheel = join(context.directory, 'greeting-1.0-py3-none-any.whl');
  const journal = join(context.directory, 'journal');
  const builder = join(context.directory, 'build-wheel.py');
  await writeFile(
    builder,
    `
import sys, zipfile
module = '''
import sys
def main():
    with open(${JSON.stringify(journal)}, "a") as journal:
        journal.write("\\\\1greet\\\\0%s\\\\0from=inside\\\\0" % sys.argv[1])
'''
info = "greeting-1.0.dist-info/"
files = {
    "greeting.py": module,
    info + "METADATA": "Metadata-Version: 2.1\\nName: greeting\\nVersion: 1.0\\n",
    info + "WHEEL": "Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n",
    info + "entry_points.txt": "[console_scripts]\\ngreet = greeting:main\\n",
}
files[info + "RECORD"] = "".join(name + ",,\\n" for name in files) + info + "RECORD,,\\n"
with zipfile.ZipFile(sys.argv[1], "w") as wheel:
    for name, text in files.items():
        wheel.writestr(name, text)
`,
  );
  await promisify(execFile)(findInterpreter().systemExecutable, ['-I', builder, wheel]);
  return wheel;
}
