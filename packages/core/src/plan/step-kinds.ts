import {
  anyPath,
  command,
  type Fields,
  innerPath,
  listOf,
  object,
  oneOf,
  optional,
  permissions,
  seconds,
  someOf,
  text,
  variables,
} from './field.ts';
import type { FileStep, Step } from './step.ts';

/** What there is to know of a kind of step but for how it is applied (`apply/do-step.ts`). */
interface StepKind<Kind extends Step> {
  /** All properties but `kind`. */
  readonly fields: Fields<Omit<Kind, 'kind'>>;
  /** The step in one line, for a dry run. */
  readonly line: (step: Kind) => string;
}

/**
 * All kinds of steps. The check of what plugins answer, `plan.schema.json` and the lines of a dry run come from here, and
 * the compiler holds it to the union of the steps.
 */
export const stepKinds: { readonly [Kind in Step['kind']]: StepKind<Extract<Step, { kind: Kind }>> } = {
  directory: {
    fields: { path: innerPath },
    line: ({ path }) => `directory ${path}`,
  },
  file: {
    fields: {
      path: innerPath,
      contents: text,
      mode: optional(permissions),
      existing: optional(oneOf('replace', 'keep')),
      package: optional(text),
    },
    line: ({ path }) => `file ${path}`,
  },
  symlink: {
    fields: {
      path: innerPath,
      target: anyPath,
      orCopy: optional(anyPath),
      orFile: optional(object<Pick<FileStep, 'contents' | 'mode'>>({ contents: text, mode: optional(permissions) })),
      orDirectory: optional(oneOf(true)),
      package: optional(text),
    },
    line: ({ path, target }) => `symlink ${path} -> ${target}`,
  },
  copy: {
    fields: { path: innerPath, source: anyPath, mode: optional(permissions), package: optional(text) },
    line: ({ path, source }) => `copy ${path} from ${source}`,
  },
  tree: {
    fields: {
      path: innerPath,
      source: anyPath,
      directories: listOf(innerPath),
      files: listOf(innerPath),
      link: someOf(oneOf('reflink', 'hardlink', 'copy', 'symlink')),
      package: optional(text),
    },
    line: ({ path, files, source, link }) =>
      `tree ${path}: ${files.length} files from ${source} by ${link.join(' or ')}`,
  },
  remove: {
    fields: { path: innerPath },
    line: ({ path }) => `remove ${path}`,
  },
  run: {
    fields: {
      place: optional(oneOf('staging', 'destination')),
      command,
      env: optional(variables),
      purpose: text,
      answer: optional(text),
      timeLimit: optional(seconds),
    },
    line: ({ command }) => `run ${command.join(' ')}`,
  },
};

/** A step in one line, as a dry run prints it. */
export function stepLine<Kind extends Step>(step: Kind): string {
  const { line } = stepKinds[step.kind] as Pick<StepKind<Kind>, 'line'>;
  return line(step);
}
