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

/** A real folder with these files in it, removed when the test is over. */
export function testFolder(files: Readonly<Record<string, string>> = {}): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'vivarium-core-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

/** Everything below a folder: paths with the text of files, `-> target` of links, and `/` for empty folders. */
export function contentOf(folder: string): Record<string, string> {
  const content: Record<string, string> = {};
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
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
