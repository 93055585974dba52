import { cpSync, existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';

const REPOSITORY = fileURLToPath(new URL('../../..', import.meta.url));
const BUILT = ['dist', 'node_modules', 'wheels'];

/** A copy of the workspace as it is, built and with everything installed, as the first commit of a repository. */
export async function copyWorkspace(to: string): Promise<void> {
  const { stdout } = await execa('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: REPOSITORY,
  });
  for (const file of stdout.split('\n').filter((name) => existsSync(join(REPOSITORY, name)))) {
    mkdirSync(dirname(join(to, file)), { recursive: true });
    cpSync(join(REPOSITORY, file), join(to, file));
  }
  symlinkSync(join(REPOSITORY, 'node_modules'), join(to, 'node_modules'));
  for (const name of readdirSync(join(REPOSITORY, 'packages'))) {
    for (const part of BUILT.map((part) => join('packages', name, part))) {
      const isThere = existsSync(join(REPOSITORY, part)) && existsSync(join(to, dirname(part)));
      // Links to other packages are relative, and so lead to the copies of these.
      if (isThere) cpSync(join(REPOSITORY, part), join(to, part), { recursive: true, verbatimSymlinks: true });
    }
  }
  await commit(to, 'The workspace');
}

/** Commits everything, in a repository that is created if need be. */
export async function commit(directory: string, message: string): Promise<void> {
  const git = (...args: readonly string[]) => execa('git', args, { cwd: directory });
  if (!existsSync(join(directory, '.git'))) await git('init', '--quiet', '--initial-branch', 'main');
  // What tags and commits need, also where no one has told git who they are.
  await git('config', 'user.name', 'A maintainer');
  await git('config', 'user.email', 'maintainer@example.com');
  await git('add', '--all');
  await git('commit', '--quiet', '--message', message);
}
