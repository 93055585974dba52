import { defineOptions } from '@vivarium/core/host';

/** What is to be resolved, and by which program. A project's file may set none of it: it starts programs and names code. */
export const requirementOptions = defineOptions({
  requirements: {
    type: 'paths',
    aliases: ['requirement'],
    short: 'r',
    placeholder: 'FILE',
    help: 'a requirements file to resolve; can be given more than once',
    group: 'Packages',
  },
  with: {
    type: 'list',
    placeholder: 'SPEC',
    help: 'a requirement to resolve (requests, "django>=5,<6"); can be given more than once',
    group: 'Packages',
  },
  resolver: {
    type: 'choice',
    choices: ['pip', 'uv'],
    default: 'pip',
    help: 'the program that resolves requirements; uv has to be installed',
    group: 'Packages',
  },
  allowBuild: {
    type: 'boolean',
    default: false,
    help: 'let pip build what has no wheel: source distributions, repositories, archives and source trees; their code runs',
    group: 'Packages',
  },
});
