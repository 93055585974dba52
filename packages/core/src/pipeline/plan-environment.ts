import { basename } from 'node:path';
import type { Creation, Creator } from '../creator.ts';
import { planMode } from '../destination/plan-mode.ts';
import { type Environment, pathsOf } from '../environment.ts';
import type { Plan, SummaryEntry } from '../plan/plan.ts';
import type { FileStep, Step } from '../plan/step.ts';
import { printable } from '../printable.ts';
import { isOneLine } from '../pyvenv-cfg/one-line.ts';
import { configurationText } from '../pyvenv-cfg/write.ts';
import type { CoreSettings } from '../settings/core-options.ts';
import { inSlices } from '../slices.ts';
import { callPlugin } from './call-plugin.ts';
import { checkCreation } from './check-answers.ts';
import { chooseCreator } from './choose-creator.ts';
import { cacheTag, gitIgnore } from './marker-files.ts';
import { planScripts } from './plan-scripts.ts';
import { planSeeding } from './plan-seeding.ts';
import type { PlanningRequest, SeedingSetting } from './planning-request.ts';
import { verifyStep } from './verify-step.ts';

/** The core settings that the plan of an environment depends on. What is not in this list cannot be read below. */
export type PlanSetting =
  | SeedingSetting
  | 'allowExisting'
  | 'clear'
  | 'copies'
  | 'force'
  | 'noVcsIgnore'
  | 'noVenvRedirect'
  | 'prompt'
  | 'relocatable'
  | 'systemSitePackages'
  | 'venvRedirect'
  | 'verify';

/** Everything that a plan is derived from. */
export interface EnvironmentRequest extends PlanningRequest {
  readonly settings: Pick<CoreSettings, PlanSetting>;
}

/**
 * Plans an environment: chooses the creator, asks it, the seeder and the activators for their parts, checks what they
 * answer and puts it together. Nothing is written at the destination; the seeder may fill the cache.
 *
 * @throws VivariumError when the destination can't be used, no creator fits, or a plugin fails
 */
export async function planEnvironment(request: EnvironmentRequest): Promise<Plan> {
  const { destination, interpreter, settings } = request;
  const { clear, force, allowExisting } = settings;
  const { warn, pause } = request.context;
  const mode = await inSlices(planMode({ destination, interpreter, clear, force, allowExisting, warn }), pause);
  const creator = await chooseCreator(request.creators, interpreter);
  const creation = await planCreation(creator, request);
  const environment = environmentOf(request, creation);
  const seeding = await planSeeding({ environment, mode }, request);
  const packages = seeding?.participant.packages ?? [];
  const made = creation.steps.filter((step) => step.kind !== 'remove' && step.kind !== 'run');
  const taken = new Set(made.map(({ path }) => path));
  const scripts = await planScripts(environment, request, taken);
  const planned: readonly Step[] = [
    ...creation.steps,
    configurationFile(environment, request, creation),
    cacheTag,
    ...(settings.noVcsIgnore ? [] : [gitIgnore]),
    ...(seeding?.steps ?? []),
    ...scripts.steps,
  ];
  const verification = settings.verify || creation.uncertain !== undefined ? [verifyStep(environment, packages)] : [];
  const { isUpdate, steps } =
    seeding?.decision === undefined
      ? { isUpdate: false, steps: planned }
      : await (await import('./plan-packages.ts')).planPackages(planned, {
          environment,
          decision: seeding.decision,
          packages,
          isRefresh: mode === 'refresh',
          pause,
        });
  return {
    format: 1,
    mode: isUpdate ? 'update' : mode,
    environment,
    creator: { name: creator.name, title: creator.title, summary: creatorSummary(request) },
    ...(seeding === undefined ? {} : { seeder: seeding.participant }),
    activators: scripts.activators,
    skippedActivators: scripts.skipped,
    steps: [...steps, ...verification],
  };
}

async function planCreation(creator: Creator, request: EnvironmentRequest): Promise<Creation> {
  const { destination, interpreter, settings } = request;
  const executables = settings.copies ? 'copy' : 'symlink';
  const creation = await callPlugin(creator, 'plan the environment', () =>
    creator.plan(
      { destination, interpreter, executables, systemSitePackages: settings.systemSitePackages },
      request.pluginSettings(creator),
    ),
  );
  return checkCreation(creator, creation);
}

function environmentOf(
  { destination, interpreter, settings, context }: EnvironmentRequest,
  creation: Creation,
): Environment {
  const asked = settings.prompt === '.' ? basename(context.cwd) : settings.prompt;
  const name = asked || pathsOf(interpreter).basename(destination);
  // Each shell would send it to the terminal as it is. One with a line break is refused where it is written down.
  const prompt = isOneLine(name) ? printable(name) : name;
  const { layout } = creation;
  const isRelocatable = settings.relocatable && interpreter.os === 'posix';
  return {
    destination,
    interpreter,
    layout,
    ...(asked || prompt !== name ? { prompt } : {}),
    ...(isRelocatable ? { isRelocatable } : {}),
  };
}

function configurationFile(environment: Environment, request: EnvironmentRequest, creation: Creation): FileStep {
  const contents = configurationText({
    environment,
    tool: request.tool,
    systemSitePackages: request.settings.systemSitePackages,
    furtherKeys: creation.configuration ?? [],
  });
  return { kind: 'file', path: 'pyvenv.cfg', contents };
}

function creatorSummary({ destination, settings }: EnvironmentRequest): readonly SummaryEntry[] {
  return [
    ['dest', destination],
    ['clear', settings.clear],
    ['no_vcs_ignore', settings.noVcsIgnore],
    ['venv_redirect', settings.venvRedirect || (settings.noVenvRedirect ? false : 'None')],
    ['global', settings.systemSitePackages],
  ];
}
