import type { CommandEntry } from './command.ts';

/** All commands. A new one is a file next to this one and a row here. */
export const commands: readonly CommandEntry[] = [
  {
    name: 'create',
    positionals: '[DEST...]',
    summary: 'create virtual environments',
    load: () => import('./create.ts'),
  },
  {
    name: 'inspect',
    positionals: '[ENV]',
    summary: 'show what an environment is, whatever created it',
    load: () => import('./inspect.ts'),
  },
  {
    name: 'doctor',
    positionals: '[ENV...]',
    summary: 'look for what is wrong with environments',
    load: () => import('./doctor.ts'),
  },
  {
    name: 'repair',
    positionals: '[ENV]',
    summary: 'fix what is wrong with an environment',
    load: () => import('./repair.ts'),
  },
  {
    name: 'lock',
    positionals: '',
    summary: 'resolve requirements into a lock file',
    load: () => import('./lock.ts'),
  },
  {
    name: 'run',
    positionals: 'ENV -- COMMAND...',
    summary: 'run a command in an environment',
    load: () => import('./run.ts'),
  },
  {
    name: 'env',
    positionals: 'ENV',
    summary: 'print what activation of an environment would set, for a shell to read',
    load: () => import('./env.ts'),
  },
  {
    name: 'move',
    positionals: 'ENV DEST',
    summary: 'move an environment',
    load: () => import('./move.ts'),
  },
  {
    name: 'clone',
    positionals: 'ENV DEST',
    summary: 'create another environment with all that is in one',
    load: () => import('./clone.ts'),
  },
  {
    name: 'list',
    positionals: '[DIR...]',
    summary: 'list the environments of all programs',
    load: () => import('./list.ts'),
  },
  {
    name: 'remove',
    positionals: 'ENV...',
    summary: 'remove environments',
    load: () => import('./remove.ts'),
  },
  {
    name: 'prune',
    positionals: '[DIR...]',
    summary: 'remove environments that are dead, incomplete or unused',
    load: () => import('./prune.ts'),
  },
  {
    name: 'undo',
    positionals: '[ENV]',
    summary: 'restore an environment that was removed within the last day',
    load: () => import('./undo.ts'),
  },
  {
    name: 'pythons',
    positionals: '[install|upgrade|remove] [SPEC...]',
    summary: 'list the Pythons of this machine, newest first; install, upgrade or remove managed ones',
    load: () => import('./pythons.ts'),
  },
  {
    name: 'plugins',
    positionals: '[KIND]',
    summary: 'list the plugins and whether they support the interpreter',
    load: () => import('./plugins.ts'),
  },
  {
    name: 'cache',
    positionals: 'dir|info|prune|clean',
    summary: 'show the cache or remove entries from it',
    load: () => import('./cache.ts'),
  },
  {
    name: 'seed-wheels',
    positionals: 'export DIR',
    summary: 'copy the seed wheels, for programs that bundle vivarium',
    load: () => import('./seed-wheels.ts'),
  },
  {
    name: 'schema',
    positionals: '',
    summary: 'print the JSON schema of the settings',
    load: () => import('./schema.ts'),
  },
  {
    name: 'completion',
    positionals: 'bash|zsh|fish|powershell|nushell',
    summary: 'print the completion script of a shell',
    load: () => import('./completion.ts'),
  },
  {
    name: 'help',
    positionals: '[COMMAND [TOPIC]]',
    summary: 'show the help of a command',
    load: () => import('./help.ts'),
  },
  {
    name: 'complete',
    positionals: '-- WORDS...',
    summary: 'complete a command line',
    hidden: true,
    load: () => import('./complete.ts'),
  },
];
