import { chmod, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findInterpreter } from './interpreter.ts';
import type { Helpers, Note } from './shell.ts';

/**
 * The helper programs for shells that start POSIX programs. A note in the journal is its kind, its label and any number
 * of `name=value`, each ended by NUL, with an empty one at the end: the one form that no value can break.
 */
export const posixHelpers: Helpers = { install, installPython, read };

async function install(folder: string, journal: string): Promise<void> {
  const note = (kind: string, values: string): string =>
    `#!/bin/sh\n{ printf '%s\\0' ${kind} "\${1-}"; ${values}; printf '\\0'; } >>'${journal}'\n`;
  await writeProgram(join(folder, 'report'), note('report', '/usr/bin/env -0'));
  await writeProgram(join(folder, 'pwned'), note('pwned', ':'));
  await writeProgram(join(folder, 'pydoc'), note('pydoc', "printf 'from=outside\\0'"));
  await writeProgram(join(folder, 'greet'), note('greet', "printf 'from=outside\\0'"));
  await writeFile(join(folder, 'where.py'), where(journal));
  await installPython(folder);
}

// A link, as in a real environment: Python then finds the `pyvenv.cfg` beside the folder that the link is in.
async function installPython(folder: string): Promise<void> {
  await symlink(findInterpreter().systemExecutable, join(folder, 'python'));
}

function where(journal: string): string {
  return `
import os, sys
prefix = sys.prefix if sys.prefix != sys.base_prefix else ""
values = "python\\0%s\\0prefix=%s\\0\\0" % (sys.argv[1], prefix)
with open(${JSON.stringify(journal)}, "ab") as journal:
    journal.write(os.fsencode(values))
`;
}

async function writeProgram(path: string, contents: string): Promise<void> {
  await writeFile(path, contents);
  await chmod(path, 0o755);
}

async function read(journal: string): Promise<readonly Note[]> {
  const words = (await readFile(journal, 'utf8')).split('\0');
  const notes: Note[] = [];
  for (let index = 0; index < words.length - 1; ) {
    const end = words.indexOf('', index + 2);
    const pairs = words.slice(index + 2, end).map((word) => {
      const equals = word.indexOf('=');
      return [word.slice(0, equals), word.slice(equals + 1)];
    });
    notes.push({ kind: words[index] ?? '', label: words[index + 1] ?? '', values: Object.fromEntries(pairs) });
    index = end + 1;
  }
  return notes;
}
