/**
 * The variables that a probed interpreter sees. What would change its answer is left out: all of Python's own, and the
 * one by which a framework build on macOS hands its name to the program that it starts.
 */
export function probeEnvironment(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined && !/^PYTHON|^__PYVENV_LAUNCHER__$/i.test(name)) kept[name] = value;
  }
  return kept;
}
