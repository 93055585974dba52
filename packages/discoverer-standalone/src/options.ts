import { defineOptions, type Settings } from '@vivarium/core/plugin';

/**
 * What a user decides about managed Pythons. A project's file may set none of it: all of these reach the network, or name
 * a place that programs come from.
 */
export const options = defineOptions({
  downloadPython: {
    type: 'choice',
    choices: ['never', 'missing', 'always'],
    default: 'never',
    group: 'Interpreter',
    help: 'fetch a Python: missing where this machine has none that fits, always before looking at the others',
  },
  pythonMirror: {
    type: 'list',
    placeholder: 'URL|DIR',
    group: 'Interpreter',
    help: 'where Pythons are fetched from instead of the usual place: an address or a directory of archives; can be given more than once, tried in order',
  },
  pythonManifest: {
    type: 'string',
    placeholder: 'URL|FILE',
    group: 'Interpreter',
    help: 'a newer list of Pythons, with their hashes, than the one that vivarium brings',
  },
  pythonStore: {
    type: 'path',
    placeholder: 'DIR',
    group: 'Interpreter',
    help: 'the directory of the Pythons that vivarium manages',
  },
});

/** Their resolved values. */
export type ManagedSettings = Settings<typeof options>;
