export type Env = Readonly<Record<string, string | undefined>>;

/** A variable of the environment; on Windows the case of its name does not matter. */
export function variable(env: Env, name: string, platform: NodeJS.Platform = process.platform): string | undefined {
  if (platform !== 'win32' || env[name] !== undefined) return env[name];
  const key = Object.keys(env).find((candidate) => candidate.toUpperCase() === name);
  return key === undefined ? undefined : env[key];
}

/**
 * The entries of `PATH` in order, without empty ones: those mean the working directory, from which no program is to be
 * started by accident. Where the variable is unset, the system's own directories.
 */
export function pathEntries(env: Env, platform: NodeJS.Platform): readonly string[] {
  const path = variable(env, 'PATH', platform);
  if (platform !== 'win32') return (path ?? '/usr/bin:/bin').split(':').filter((entry) => entry !== '');
  return (path ?? '').split(';').flatMap((entry) => {
    const unquoted = entry.trim().replace(/^"(.*)"$/, '$1');
    return unquoted === '' ? [] : [unquoted];
  });
}
