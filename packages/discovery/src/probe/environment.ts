// Python's own, also those for its build; the one by which a framework build on macOS hands its name to the program that
// it starts; and those that an active environment may have set for Tcl.
const TELLING = /^_?PYTHON|^__PYVENV_LAUNCHER__$|^(?:TCL|TK)_LIBRARY$/i;

/** The variables that a probed interpreter sees. What would change its answer, which is remembered, is left out. */
export function probeEnvironment(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined && !TELLING.test(name)) kept[name] = value;
  }
  return kept;
}
