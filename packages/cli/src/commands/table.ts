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
    name: 'lock',
    positionals: '',
    summary: 'resolve requirements into a lock file',
    load: () => import('./lock.ts'),
  },
  {
    name: 'pythons',
    positionals: '[SPEC]',
    summary: 'list the Pythons of this machine, newest first',
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
    name: 'schema',
    positionals: '',
    summary: 'print the JSON schema of the settings',
    load: () => import('./schema.ts'),
  },
  {
    name: 'completion',
    positionals: 'bash|zsh|fish|powershell',
    summary: 'print the completion script of a shell',
    load: () => import('./completion.ts'),
  },
  { name: 'help', positionals: '[COMMAND]', summary: 'show the help of a command', load: () => import('./help.ts') },
  {
    name: 'complete',
    positionals: '-- WORDS...',
    summary: 'complete a command line',
    hidden: true,
    load: () => import('./complete.ts'),
  },
];
