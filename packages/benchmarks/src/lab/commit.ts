import { execa } from 'execa';

/** The commit that is measured, with `+` behind it where files differ from it; `unknown` outside of a repository. */
export async function commitOf(directory: string): Promise<string> {
  const options = { cwd: directory, reject: false } as const;
  const { stdout: commit, failed } = await execa('git', ['rev-parse', '--short=12', 'HEAD'], options);
  if (failed) return 'unknown';
  const { stdout: changes } = await execa('git', ['status', '--porcelain'], options);
  return changes === '' ? commit : `${commit}+`;
}
