import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Sample } from './sample.ts';
import program from './stopwatch.py';

/** A process to be started; nothing is looked up or quoted. */
export interface Command {
  /** The program's absolute path, and its arguments. */
  readonly argv: readonly [string, ...string[]];
  readonly env: Readonly<Record<string, string>>;
  /** The working directory. */
  readonly cwd: string;
  /** The exit code that is right. @default 0 */
  readonly status?: number;
}

/** Starts commands, one at a time, and says what each took. */
export interface Stopwatch {
  /** @throws Error with what the command wrote to its standard error, when it ends otherwise than it should */
  time(command: Command): Promise<Required<Pick<Sample, 'wall' | 'cpu' | 'behind' | 'memory'>>>;
  stop(): void;
}

/** @param scratch a directory for what commands write to their standard error */
export function startStopwatch(python: string, scratch: string): Stopwatch {
  const child = spawn(python, ['-c', program], { stdio: ['pipe', 'pipe', 'inherit'] });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const stderr = join(scratch, 'stderr.txt');
  return {
    async time({ argv, env, cwd, status = 0 }) {
      child.stdin.write(`${JSON.stringify({ argv, env, cwd, stderr })}\n`);
      const { value, done } = await answers.next();
      if (done) throw new Error('The stopwatch has stopped');
      const answer = JSON.parse(value);
      if (answer.error !== undefined) throw new Error(`${argv.join(' ')}: ${answer.error}`);
      if (answer.status !== status) {
        throw new Error(`${argv.join(' ')} ended with ${answer.status}:\n${readFileSync(stderr, 'utf8')}`);
      }
      return { wall: answer.wall, cpu: answer.cpu, behind: answer.behind, memory: answer.memory };
    },
    stop: () => child.stdin.end(),
  };
}

/** What several commands took, one after the other; of their memory, that of the largest. */
export async function timeAll(stopwatch: Stopwatch, commands: readonly Command[]): Promise<Sample> {
  const sum = { wall: 0, cpu: 0, behind: 0, memory: 0 };
  for (const command of commands) {
    const took = await stopwatch.time(command);
    sum.wall += took.wall;
    sum.cpu += took.cpu;
    sum.behind += took.behind;
    sum.memory = Math.max(sum.memory, took.memory);
  }
  return sum;
}
