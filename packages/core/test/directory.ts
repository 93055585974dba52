import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A real directory with these files in it, removed when the test is over. */
export function testDirectory(files: Readonly<Record<string, string>> = {}): string {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'vivarium-core-')));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), text);
  }
  return directory;
}

/** Everything below a directory: paths with the text of files, `-> target` of links, and `/` for empty directories. */
export function contentOf(directory: string): Record<string, string> {
  const content: Record<string, string> = {};
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isSymbolicLink()) content[entry.name] = `-> ${readlinkSync(path)}`;
    else if (entry.isFile()) content[entry.name] = readFileSync(path, 'utf8');
    else {
      const inner = Object.entries(contentOf(path));
      if (inner.length === 0) content[entry.name] = '/';
      for (const [name, text] of inner) content[`${entry.name}/${name}`] = text;
    }
  }
  return content;
}
