export { type BesideVenv, testBesideVenv } from './beside-venv.ts';
export { cpython } from './described.ts';
export { DIFFERENCES, unlisted } from './differences.ts';
export { type Comparison, compare, inventory } from './inventory.ts';
export { makeEnvironment, planFor, probe, type Wish } from './make-environment.ts';
export {
  CPYTHONS,
  furtherPythons,
  PYENV_PYTHONS,
  type Python,
  pyenvPython,
  SYSTEM_PYPY,
  SYSTEM_PYTHON,
} from './pythons.ts';
export { inOneLine, RECORDED, testRecorded } from './recorded.ts';
export { describePython, type RunOptions, runPython } from './run-python.ts';
