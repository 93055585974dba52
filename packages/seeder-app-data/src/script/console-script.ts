import type { ConsoleScript } from '../image/image.ts';

/** The Python of a command that calls a function, for Python 2.7 and later. The lines before it are the caller's. */
export function consoleScript({ module, attribute }: ConsoleScript): string {
  const [first = attribute] = attribute.split('.', 1);
  return [
    'import sys',
    '',
    `from ${module} import ${first}`,
    '',
    'if __name__ == "__main__":',
    // Windows launchers start the file that they are themselves in.
    '    if sys.argv[0].endswith(".exe"):',
    '        sys.argv[0] = sys.argv[0][:-4]',
    `    sys.exit(${attribute}())`,
    '',
  ].join('\n');
}
