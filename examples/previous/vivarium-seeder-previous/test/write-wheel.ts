import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

const BUILD = `
import sys, zipfile
info = "greeter-1.0.dist-info/"
files = {
    "greeter.py": "def main():\\n    print('hello')\\n",
    info + "METADATA": "Metadata-Version: 2.1\\nName: greeter\\nVersion: 1.0\\n",
    info + "WHEEL": "Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n",
    info + "entry_points.txt": "[console_scripts]\\ngreet = greeter:main\\n",
}
files[info + "RECORD"] = "".join(name + ",,\\n" for name in files) + info + "RECORD,,\\n"
with zipfile.ZipFile(sys.argv[1], "w") as wheel:
    for name, text in files.items():
        wheel.writestr(name, text)
`;

/** Makes a directory with one wheel, of a small package with the command `greet`, and gives its path. */
export function writeWheel(directory: string, python: string): string {
  const wheels = join(directory, 'wheels');
  mkdirSync(wheels);
  execFileSync(python, ['-I', '-c', BUILD, join(wheels, 'greeter-1.0-py3-none-any.whl')]);
  return wheels;
}
