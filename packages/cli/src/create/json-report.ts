import { type Environment, inEnvironment } from '@vivarium/core/host';
import type { CreateResult } from './request.ts';

/** What `--json` prints of an environment that was created; `output.schema.json` says what each part means. */
export function jsonReport({ plan, applied, cacheDirectory, redirect, milliseconds }: CreateResult): object {
  const { environment, seeder } = plan;
  return {
    mode: plan.mode,
    destination: environment.destination,
    prompt: environment.prompt ?? null,
    paths: pathsOfEnvironment(environment),
    interpreter: environment.interpreter,
    creator: plan.creator.name,
    seeder: seeder === undefined ? null : seeder.name,
    packages: seeder?.packages ?? [],
    activators: plan.activators.map(({ name }) => name),
    skippedActivators: plan.skippedActivators.map(({ name, reason }) => ({ name, reason: reason })),
    linkModes: applied?.linkModes ?? [],
    leftovers: applied?.leftovers ?? [],
    redirect: redirect !== undefined && 'file' in redirect ? redirect.file : null,
    cache: cacheDirectory,
    milliseconds: Math.round(milliseconds),
  };
}

/** Absolute paths of what callers look for in an environment. */
export function pathsOfEnvironment(
  environment: Environment,
): Readonly<Record<'executable' | 'scripts' | 'purelib' | 'platlib', string>> {
  const { layout } = environment;
  return {
    executable: inEnvironment(environment, layout.executable),
    scripts: inEnvironment(environment, layout.scripts),
    purelib: inEnvironment(environment, layout.purelib),
    platlib: inEnvironment(environment, layout.platlib),
  };
}
