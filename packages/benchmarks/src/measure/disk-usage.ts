import { execa } from 'execa';

/** What directories take together, in kilobytes; what is linked is counted once. */
export async function diskUsage(...directories: readonly string[]): Promise<number> {
  const { stdout } = await execa('du', ['-sk', ...directories]);
  return stdout.split('\n').reduce((sum, line) => sum + Number.parseInt(line, 10), 0);
}
