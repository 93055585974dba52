import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';

/** Whether the pip of a Python reaches an index with the package that the pages install. */
export async function hasPackageIndex(python: string): Promise<boolean> {
  const directory = mkdtempSync(join(tmpdir(), 'vivarium-index-'));
  const args = ['-m', 'pip', 'download', '--quiet', '--no-deps', '--dest', directory, 'cowsay'];
  const { exitCode } = await execa(python, args, { reject: false, stdin: 'ignore' });
  rmSync(directory, { recursive: true, force: true });
  return exitCode === 0;
}
