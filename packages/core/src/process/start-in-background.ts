/** A process that outlives the one that starts it. */
export interface BackgroundProcess {
  readonly executable: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string | undefined;
}

/** Starts a process that nothing waits for and that prints nothing. That it can't be started is no error. */
export async function startInBackground({ executable, args, env, cwd }: BackgroundProcess): Promise<void> {
  const { spawn } = await import('node:child_process');
  try {
    const child = spawn(executable, args, {
      ...(cwd === undefined ? {} : { cwd }),
      env: env as NodeJS.ProcessEnv,
      detached: true,
      stdio: 'ignore',
      windowsHide: true,
    });
    child.on('error', () => {});
    child.unref();
  } catch {
    // A NUL in an argument, for example: what runs in the background is never needed.
  }
}
