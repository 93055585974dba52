import type { ActivationScript, Activator } from '../activator.ts';
import type { Environment } from '../environment.ts';
import type { Participant, SkippedActivator } from '../plan/plan.ts';
import type { FileStep } from '../plan/step.ts';
import { badAnswer, callPlugin } from './call-plugin.ts';
import { checkSupport } from './check-answers.ts';
import { showValue } from './check-steps.ts';
import type { PlanningRequest } from './planning-request.ts';

/** The activation scripts of an environment, who wrote them, and who could not. */
export interface ScriptsPlan {
  readonly steps: readonly FileStep[];
  readonly activators: readonly Participant[];
  readonly skipped: readonly SkippedActivator[];
}

/**
 * Asks each activator for its scripts; one that can't serve this environment leaves the others undisturbed. What the
 * creator puts at the paths that are taken is not theirs to replace.
 */
export async function planScripts(
  environment: Environment,
  { activators, pluginSettings }: Pick<PlanningRequest, 'activators' | 'pluginSettings'>,
  taken: ReadonlySet<string>,
): Promise<ScriptsPlan> {
  const steps: FileStep[] = [];
  const used: Participant[] = [];
  const skipped: SkippedActivator[] = [];
  for (const activator of activators) {
    const support = await callPlugin(activator, 'look at the environment', () =>
      checkSupport(activator, activator.supports(environment)),
    );
    if (support !== true) {
      skipped.push({ name: activator.name, reason: support.reason });
      continue;
    }
    const scripts: unknown = await callPlugin(activator, 'write its scripts', () =>
      activator.scripts(environment, pluginSettings(activator)),
    );
    if (!Array.isArray(scripts)) throw badAnswer(activator, `${showValue(scripts)} where a list of scripts should be`);
    for (const script of scripts as readonly ActivationScript[]) {
      const step = scriptStep(activator, environment, script);
      if (taken.has(step.path)) throw badAnswer(activator, `a script that would replace \`${step.path}\``);
      steps.push(step);
    }
    used.push({ name: activator.name, title: activator.title, summary: [] });
  }
  return { steps, activators: used, skipped };
}

function scriptStep(activator: Activator, environment: Environment, script: ActivationScript): FileStep {
  const { name, contents } = Object(script) as { readonly name?: unknown; readonly contents?: unknown };
  if (typeof name !== 'string' || !/^[^/\\\0]+$/.test(name) || name === '.' || name === '..') {
    throw badAnswer(activator, `a script that would leave the scripts directory: ${showValue(name)}`);
  }
  if (typeof contents !== 'string')
    throw badAnswer(activator, `a script \`${name}\` whose \`contents\` are ${showValue(contents)}`);
  return { kind: 'file', path: `${environment.layout.scripts}/${name}`, contents };
}
