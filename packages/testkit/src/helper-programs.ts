import { chmod, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findInterpreter } from './interpreter.ts';
import type { Helpers, Note } from './shell.ts';

// Begins a note. What follows are `name=value`, so that no value can be taken for it.
const NOTE = '\u0001';

/**
 * The helper programs for shells that start POSIX programs. A note in the journal is a mark with its kind, its label
 * and any number of `name=value`, each ended by NUL: the one form that no value can break.
 */
export const posixHelpers: Helpers = { install, installPython, read };

async function install(directory: string, journal: string): Promise<void> {
  const note = (kind: string, values: string): string =>
    `#!/bin/sh\nexec >>'${journal}'\nprintf '${NOTE}%s\\0' ${kind}\nprintf '%s\\0' "\${1-}"\n${values}\n`;
  await writeProgram(join(directory, 'report'), note('report', 'exec /usr/bin/env -0'));
  await writeProgram(join(directory, 'pwned'), note('pwned', ''));
  await writeProgram(join(directory, 'pydoc'), note('pydoc', "printf 'from=outside\\0'"));
  await writeProgram(join(directory, 'greet'), note('greet', "printf 'from=outside\\0'"));
  await writeFile(join(directory, 'where.py'), where(journal));
  await installPython(directory);
}

// A link, as in a real environment: Python then finds the `pyvenv.cfg` next to the directory that the link is in.
async function installPython(directory: string): Promise<void> {
  await symlink(findInterpreter().systemExecutable, join(directory, 'python'));
}

function where(journal: string): string {
  return `
import os, sys
prefix = sys.prefix if sys.prefix != sys.base_prefix else ""
values = "\\1python\\0%s\\0prefix=%s\\0" % (sys.argv[1], prefix)
with open(${JSON.stringify(journal)}, "ab") as journal:
    journal.write(os.fsencode(values))
`;
}

async function writeProgram(path: string, contents: string): Promise<void> {
  await writeFile(path, contents);
  await chmod(path, 0o755);
}

async function read(journal: string): Promise<readonly Note[]> {
  const text = await readFile(journal, 'utf8');
  return text
    .split(new RegExp(`(?:^|(?<=\\0))${NOTE}`))
    .slice(1)
    .map(readNote);
}

function readNote(text: string): Note {
  const [kind = '', label = '', ...pairs] = text.split('\0');
  const values = pairs.slice(0, -1).map((pair) => {
    const equals = pair.indexOf('=');
    return [pair.slice(0, equals), pair.slice(equals + 1)];
  });
  return { kind, label, values: Object.fromEntries(values) };
}
