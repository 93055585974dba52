import type { ActivationScript, Activator } from '../activator.ts';
import type { Environment } from '../environment.ts';
import type { LeftOut, Participant } from '../plan/plan.ts';
import type { FileStep } from '../plan/step.ts';
import { badAnswer, callPlugin } from './call-plugin.ts';
import type { PluginSettings } from './planning-request.ts';

/** The activation scripts of an environment, who wrote them, and who could not. */
export interface ScriptsPlan {
  readonly steps: readonly FileStep[];
  readonly activators: readonly Participant[];
  readonly leftOut: readonly LeftOut[];
}

/** Asks each activator for its scripts; one that can't serve this environment leaves the others undisturbed. */
export async function planScripts(
  environment: Environment,
  activators: readonly Activator[],
  settings: PluginSettings,
): Promise<ScriptsPlan> {
  const steps: FileStep[] = [];
  const used: Participant[] = [];
  const leftOut: LeftOut[] = [];
  for (const activator of activators) {
    const support = await callPlugin(activator, 'look at the environment', () => activator.supports(environment));
    if (support !== true) {
      leftOut.push({ name: activator.name, because: support.because });
      continue;
    }
    const scripts = await callPlugin(activator, 'write its scripts', () =>
      activator.scripts(environment, settings(activator)),
    );
    steps.push(...scripts.map((script) => scriptStep(activator, environment, script)));
    used.push({ name: activator.name, title: activator.title, summary: [] });
  }
  return { steps, activators: used, leftOut };
}

function scriptStep(activator: Activator, environment: Environment, script: ActivationScript): FileStep {
  if (!/^[^/\\\0]+$/.test(script.name) || script.name === '.' || script.name === '..') {
    throw badAnswer(activator, `a script that would leave the scripts folder: \`${script.name}\``);
  }
  return { kind: 'file', path: `${environment.layout.scripts}/${script.name}`, contents: script.contents };
}
