import type { Context, Spec } from '@vivarium/core/host';

/** What the actions are told by the options of the command. */
export interface ActionSettings {
  readonly pythonMirror: readonly string[] | undefined;
  readonly pythonManifest: string | undefined;
  readonly pythonStore: string | undefined;
  readonly force: boolean;
  readonly json: boolean;
}

/** Does something with managed Pythons, and gives what is printed. */
export type Action = (specs: readonly Spec[], settings: ActionSettings, context: Context) => Promise<string>;

/** Settings of the discoverer, as an action needs them. */
export function managedSettings({ pythonMirror, pythonManifest, pythonStore }: ActionSettings): {
  readonly downloadPython: 'missing';
  readonly pythonMirror: readonly string[] | undefined;
  readonly pythonManifest: string | undefined;
  readonly pythonStore: string | undefined;
} {
  return { downloadPython: 'missing', pythonMirror, pythonManifest, pythonStore };
}
