/**
 * Settings of pip that say what is fetched and with which Python. The run decides that; from the user's settings come
 * indexes, proxies, certificates, credentials, timeouts and pip's own cache.
 */
const DECIDED_BY_THE_RUN = `
  ABI ALL_RELEASES DEST DESTINATION_DIRECTORY DOWNLOAD_DIRECTORY DRY_RUN EDITABLE GROUP HELP IMPLEMENTATION ISOLATED LOG
  LOG_FILE NO_BINARY NO_DEPENDENCIES NO_DEPS ONLY_BINARY ONLY_FINAL PLATFORM PREFIX PYTHON PYTHON_VERSION REPORT REQUIREMENT
  REQUIREMENTS_FROM_SCRIPT REQUIRE_HASHES REQUIRE_VENV REQUIRE_VIRTUALENV ROOT SOURCE SOURCE_DIR SOURCE_DIRECTORY SRC
  TARGET USER VERSION`.trim();

/**
 * The variables that a pip of ours is started with: those of the run, without what would lead its Python astray, and
 * without pip's own that say what to do.
 */
export function pipEnvironment(env: Readonly<Record<string, string | undefined>>): NodeJS.ProcessEnv {
  // Not at the start of every run, of which few fetch anything.
  const decided = new Set(DECIDED_BY_THE_RUN.split(/\s+/).map((name) => `PIP_${name}`));
  const kept = Object.entries(env).filter(([name]) => {
    const upper = name.toUpperCase();
    return !/^(PYTHON.*|__PYVENV_LAUNCHER__)$/.test(upper) && !decided.has(upper);
  });
  return {
    ...Object.fromEntries(kept),
    PIP_REQUIRE_VIRTUALENV: '0',
    PIP_USER: '0',
    PYTHONDONTWRITEBYTECODE: '1',
    PYTHONIOENCODING: 'utf-8',
  };
}
