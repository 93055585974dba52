import { type Environment, inEnvironment } from '../environment.ts';
import type { SeedPackage } from '../plan/plan.ts';
import type { RunStep } from '../plan/step.ts';
import script from './verify.py';

// Modules that need a shared library or a file next to the executable to work: what copies and odd layouts break first.
const TELLING_MODULES = ['ssl', 'ctypes', 'sqlite3'];

// It is handed over backwards: a program that only prints its arguments does not answer by that.
const ANSWER = 'verified';
const BACKWARDS: string = [...ANSWER].reverse().join('');
const TIME_LIMIT = 60;

/**
 * A step that starts the new environment's Python once and believes only its answer: that it is the planned version,
 * lives where it is, and can import what its base can. It comes last, and before the environment appears: one that
 * fails it never does.
 */
export function verifyStep(environment: Environment, packages: readonly SeedPackage[]): RunStep {
  const { interpreter, destination, layout } = environment;
  const { major, minor, micro } = interpreter.version;
  const planned = {
    base: interpreter.systemExecutable,
    version: [major, minor, micro],
    isFreeThreaded: interpreter.isFreeThreaded,
    bits: interpreter.bits,
    modules: TELLING_MODULES,
    packages: packages.filter(({ name }) => name === 'pip').map(({ name, version }) => [name, version]),
  };
  // Python 2 has no isolated mode; these two are what it is made of there.
  const isolation = major === 2 ? ['-E', '-s'] : ['-I'];
  const executable = inEnvironment(environment, layout.executable);
  return {
    kind: 'run',
    // Before anybody can see it.
    place: 'staging',
    command: [executable, ...isolation, '-B', '-c', script, BACKWARDS, destination, JSON.stringify(planned)],
    purpose: 'verify the new environment by starting its Python',
    answer: ANSWER,
    timeLimit: TIME_LIMIT,
  };
}
