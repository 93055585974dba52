import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';

/** Writes a wheel of a small package with one command, `greet`, and returns its path. Nothing has to be built. */
export async function localPackage(directory: string): Promise<string> {
  const info = 'greeter-1.0.dist-info';
  const files: Record<string, string> = {
    'greeter.py': 'import sys\n\ndef main():\n    print("hello from " + sys.prefix)\n',
    [`${info}/METADATA`]: 'Metadata-Version: 2.1\nName: greeter\nVersion: 1.0\n',
    [`${info}/WHEEL`]:
      'Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py2-none-any\nTag: py3-none-any\n',
    [`${info}/entry_points.txt`]: '[console_scripts]\ngreet = greeter:main\n',
  };
  files[`${info}/RECORD`] = [...Object.keys(files), `${info}/RECORD`].map((name) => `${name},,\n`).join('');
  const path = join(directory, 'greeter-1.0-py2.py3-none-any.whl');
  const encoder = new TextEncoder();
  writeFileSync(
    path,
    zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, encoder.encode(text)]))),
  );
  return path;
}
