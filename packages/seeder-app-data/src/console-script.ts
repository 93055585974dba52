import type { ConsoleScript } from './image/image.ts';
import { type Shebang, shebang } from './shebang.ts';

/** The text of a command that calls a function, for Python 2.7 and later. */
export function consoleScript({ module, attribute }: ConsoleScript, target: Shebang): string {
  const [first = attribute] = attribute.split('.', 1);
  return [
    ...shebang(target),
    'import sys',
    '',
    `from ${module} import ${first}`,
    '',
    'if __name__ == "__main__":',
    `    sys.exit(${attribute}())`,
    '',
  ].join('\n');
}
