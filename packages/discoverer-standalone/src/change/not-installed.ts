import { type Spec, VivariumError } from '@vivarium/core/plugin';

/** The error for a spec that no managed Python fits. */
export function notInstalled(spec: Spec | undefined): VivariumError {
  const what = spec === undefined ? '' : ` that fits \`${spec.text}\``;
  return new VivariumError('PYTHON_NOT_INSTALLED', `There is no Python managed by vivarium${what}`, {
    hint: '`vivarium pythons install SPEC` installs one; Pythons of other programs are theirs to change.',
  });
}
