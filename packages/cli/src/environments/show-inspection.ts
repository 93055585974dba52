import type { Inspection } from '@vivarium/environments';
import { formatBytes } from '../terminal/format-bytes.ts';

/** What is known besides the inspection itself. */
export interface Around {
  /** What activates it in the current shell. */
  readonly activation: string | undefined;
  /** What its Python answered, if it was started. */
  readonly started: Started | undefined;
}

/** What a Python answered, or why it did not. */
export type Started =
  | { readonly version: string; readonly prefix: string; readonly executable: string }
  | { readonly failure: string };

/** The members of the JSON document; `null` stands for what there is not. */
export function inspectionDocument(inspection: Inspection, { activation, started }: Around): object {
  const { path, directory, redirect, createdBy, prompt, systemSitePackages, layout, recorded, python, base } =
    inspection;
  const { distributions, seeds, startUp, size, isComplete, problems } = inspection;
  return {
    environment: {
      path,
      directory,
      redirect: redirect?.file ?? null,
      createdBy: { tool: createdBy.tool, version: createdBy.version ?? null, manager: createdBy.manager ?? null },
      prompt: prompt ?? null,
      systemSitePackages,
      layout,
      recorded: {
        home: recorded.home ?? null,
        executable: recorded.executable ?? null,
        implementation: recorded.implementation ?? null,
        version: recorded.version ?? null,
      },
      python: {
        executable: python.executable,
        state: python.state,
        links: python.links,
        realExecutable: python.realExecutable ?? null,
        implementation: python.implementation ?? null,
        version: python.version ?? null,
        machine: python.binary?.machine ?? null,
        libc: python.binary?.libc ?? null,
      },
      base: { directory: base.directory ?? null, exists: base.exists, prefix: base.prefix ?? null },
      seeds,
      packages: distributions.map(({ name, version, installer, url, isEditable }) => ({
        name,
        version,
        installer: installer ?? null,
        url: url ?? null,
        isEditable,
      })),
      startUp,
      size: size ?? null,
      isComplete,
      problems,
      activation: activation ?? null,
      started: started ?? null,
    },
  };
}

/** Readable on one screen. */
export function inspectionLines(inspection: Inspection, { activation, started }: Around): readonly string[] {
  const { directory, redirect, createdBy, recorded, python, base, size, problems, systemSitePackages } = inspection;
  const { tool, version, manager } = createdBy;
  const by = [manager === undefined ? tool : `${manager}, with ${tool}`, version].filter(Boolean).join(' ');
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['environment', directory],
    ['redirect', redirect?.file],
    ['created by', by],
    ['state', problems.length === 0 ? 'complete' : 'not complete'],
    [
      'Python',
      [
        python.implementation ?? recorded.implementation ?? 'Python',
        python.version ?? 'not found',
        python.binary?.machine,
        python.binary?.libc,
      ]
        .filter(Boolean)
        .join(' '),
    ],
    ['recorded', [recorded.implementation, recorded.version].filter(Boolean).join(' ') || 'nothing'],
    ['executable', [python.executable, ...python.links].join(' -> ')],
    [
      'base',
      base.directory === undefined ? 'not recorded' : `${base.directory}${base.exists ? '' : ' (does not exist)'}`,
    ],
    ['system site-packages', systemSitePackages ? 'yes' : undefined],
    ['packages', packagesText(inspection)],
    ['at start-up', startUpText(inspection)],
    [
      'size',
      size === undefined ? undefined : `${formatBytes(size.ownBytes)} own, ${formatBytes(size.sharedBytes)} shared`,
    ],
    [
      'started',
      started === undefined
        ? undefined
        : 'failure' in started
          ? `no: ${started.failure}`
          : `Python ${started.version}, ${started.prefix}`,
    ],
    ['activate with', activation],
  ];
  const width = Math.max(...rows.map(([label, value]) => (value === undefined ? 0 : label.length)));
  return [
    ...rows.flatMap(([label, value]) => (value === undefined ? [] : [`${label.padEnd(width)}  ${value}`])),
    ...problems.map(({ code, message }) => `${code}: ${message}`),
  ];
}

const MAX_NAMED = 12;

function packagesText({ distributions }: Inspection): string {
  const names = distributions.map(
    ({ name, version, isEditable }) => `${name} ${version}${isEditable ? ' (editable)' : ''}`,
  );
  const more = names.length > MAX_NAMED ? ` and ${names.length - MAX_NAMED} more` : '';
  return names.length === 0 ? 'none' : `${names.slice(0, MAX_NAMED).join(', ')}${more}`;
}

function startUpText({ startUp }: Inspection): string {
  const code = startUp.filter(({ kind }) => kind !== 'path');
  const paths = startUp.length - code.length;
  const files = [...new Set(code.map(({ file }) => file.split('/').at(-1)))];
  const parts = [
    ...(files.length === 0 ? [] : [`code of ${files.slice(0, MAX_NAMED).join(', ')}`]),
    ...(paths === 0 ? [] : [`${paths} more ${paths === 1 ? 'entry' : 'entries'} of sys.path`]),
  ];
  return parts.join('; ') || 'nothing';
}
