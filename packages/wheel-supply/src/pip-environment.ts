/**
 * The variables that a pip of ours is started with: those of the run, without what would lead its Python astray, and
 * without pip's own that are about installing.
 */
export function pipEnvironment(env: Readonly<Record<string, string | undefined>>): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => !/^(PYTHON.*|__PYVENV_LAUNCHER__)$/i.test(name));
  return {
    ...Object.fromEntries(kept),
    PIP_REQUIRE_VIRTUALENV: '0',
    PIP_USER: '0',
    PYTHONDONTWRITEBYTECODE: '1',
    PYTHONIOENCODING: 'utf-8',
  };
}
