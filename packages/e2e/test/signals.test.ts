import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { newSandbox, vivariumProgram } from './vivarium.ts';

// Longer than any test lasts: what waits for it has not ended by itself.
const FOREVER = 3600;
const onPosix = test.skipIf(process.platform === 'win32');

onPosix.each(['SIGTERM', 'SIGHUP', 'SIGINT'] as const)(
  '%s ends a run that waits for a program that ignores it, and the program',
  async (signal) => {
    const sandbox = newSandbox();
    const python = join(sandbox.directory, 'python3');
    const started = join(sandbox.directory, 'started');
    writeFileSync(
      python,
      `#!/bin/sh\ntrap '' TERM HUP INT\necho $$ > '${started}.part'; mv '${started}.part' '${started}'\nwhile :; do sleep ${FOREVER}; done\n`,
    );
    chmodSync(python, 0o755);
    const [program, ...words] = vivariumProgram();
    const env = { ...sandbox.env, VIVARIUM_DISCOVERY_TIMEOUT: String(FOREVER) };
    const options = { cwd: sandbox.directory, env, extendEnv: false, reject: false, stdin: 'ignore' } as const;
    const run = execa(program, [...words, 'create', '-p', python, 'env'], options);
    while (!existsSync(started) && run.exitCode === null) await setTimeout(20);
    run.kill(signal);
    const { exitCode, stderr } = await run;
    expect({ exitCode, stderr }).toEqual({ exitCode: 130, stderr: expect.stringContaining('interrupted') });
    expect(readdirSync(sandbox.directory)).not.toContain('env');
    const pid = Number(readFileSync(started, 'utf8'));
    while (isRunning(pid)) await setTimeout(20);
  },
);

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A process that no one has waited for yet can still be seen.
    return process.platform !== 'linux' || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
