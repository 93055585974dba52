import { innerPath } from '../plan/field.ts';
import { isObject, matches, wrongField } from '../plan/matches.ts';
import type { Step } from '../plan/step.ts';
import { stepKinds } from '../plan/step-kinds.ts';
import type { Plugin, PluginKind } from '../plugin.ts';
import { badAnswer } from './call-plugin.ts';

/** Refuses steps that a plugin must not ask for: of no known form, or with a path that leaves the environment. */
export function checkSteps(plugin: Plugin<PluginKind>, steps: readonly Step[]): readonly Step[] {
  if (!Array.isArray(steps)) throw badAnswer(plugin, `${showValue(steps)} where its steps should be`);
  for (const step of steps as readonly unknown[]) checkStep(plugin, step);
  return steps;
}

function checkStep(plugin: Plugin<PluginKind>, step: unknown): void {
  const { kind, ...properties }: Record<string, unknown> = isObject(step) ? { ...step } : {};
  if (typeof kind !== 'string' || !Object.hasOwn(stepKinds, kind)) {
    throw badAnswer(plugin, `a step of unknown kind: ${showValue(step)}`);
  }
  const wrong = wrongField(properties, stepKinds[kind as Step['kind']].fields);
  if (wrong !== undefined)
    throw badAnswer(plugin, `a step \`${kind}\` whose \`${wrong}\` is ${showValue(properties[wrong])}`);
}

/** Refuses a path that is not relative, or would leave the environment. */
export function assertInside(plugin: Plugin<PluginKind>, path: unknown): void {
  if (!matches(path, innerPath.rule)) {
    throw badAnswer(plugin, `a path that is not inside the environment: ${showValue(path)}`);
  }
}

/** A value for a message, cut short. */
export function showValue(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  return `\`${(text.length > 100 ? `${text.slice(0, 100)}…` : text).replaceAll('\n', '\\n')}\``;
}
