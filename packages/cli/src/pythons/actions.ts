import type { Action } from './action.ts';

/** The words after `vivarium pythons` that change something, each in a file of its own. */
export const ACTIONS = {
  install: async (): Promise<Action> => (await import('./install.ts')).install,
  upgrade: async (): Promise<Action> => (await import('./upgrade.ts')).upgrade,
  remove: async (): Promise<Action> => (await import('./remove.ts')).remove,
} as const;
