import { type Interpreter, isAtLeast, type Settings, type SummaryEntry, VivariumError } from '@vivarium/core/plugin';
import { normalizeName } from './normalize-name.ts';
import type { seedOptions } from './options.ts';
import { pep440 } from './pep440.ts';

/** The resolved values of {@link seedOptions}. */
export type SeedSettings = Settings<typeof seedOptions>;

/** A seed that is to be installed. */
export interface SeedRequest {
  /** Normalised as PEP 503 has it. */
  readonly name: string;
  /** A PEP 440 range; empty for any version. */
  readonly range: string;
  /** Only what vivarium or the interpreter ships will do (`embed`). */
  readonly isShipped: boolean;
  /** The user asked for it: that it can't be had is an error, and not a notice. */
  readonly isAsked: boolean;
  /** What was typed, for the report and for messages. */
  readonly text: string;
  /** The setting that it comes from, for messages. */
  readonly source: string;
}

const NAME = /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?/;

/**
 * The seeds that the settings ask for: pip, setuptools below Python 3.12 and wheel below 3.9 unless they say otherwise.
 *
 * @throws VivariumError `SEED_VERSION_INVALID` or `SEED_PACKAGE_INVALID` for what is neither a word, a version nor a range
 */
export function requestSeeds(interpreter: Interpreter, settings: SeedSettings): readonly SeedRequest[] {
  const { version } = interpreter;
  const requests = new Map<string, SeedRequest>();
  const distributions = [
    { name: 'pip', word: settings.pip, isOff: settings.noPip, isDefault: true },
    {
      name: 'setuptools',
      word: settings.setuptools,
      isOff: settings.noSetuptools,
      isDefault: !isAtLeast(version, 3, 12),
    },
    { name: 'wheel', word: settings.wheel, isOff: settings.noWheel, isDefault: !isAtLeast(version, 3, 9) },
  ];
  for (const { name, word, isOff, isDefault } of distributions) {
    const chosen = word?.trim() ?? '';
    const isAsked = chosen !== '';
    const text = isAsked ? chosen : isDefault ? 'bundle' : 'none';
    if (isOff || text === 'none') continue;
    requests.set(name, parseWord(name, text, isAsked));
  }
  for (const text of settings.seedPackage ?? []) {
    const request = parseRequirement(text, '--seed-package');
    requests.set(request.name, request);
  }
  return [...requests.values()];
}

/** `NAME`, `NAME==VERSION`, `NAME>=1,<2`: a requirement without extras, markers and addresses. */
export function parseRequirement(text: string, source: string): SeedRequest {
  const name = NAME.exec(text.trim())?.[0];
  const range = text
    .trim()
    .slice(name?.length ?? 0)
    .replace(/^\s*\((.*)\)$|\s/g, '$1');
  if (name === undefined || (range !== '' && !pep440().validRange(range))) {
    throw new VivariumError(
      'SEED_PACKAGE_INVALID',
      `\`${text}\` is not the name of a package with or without a version`,
      {
        source,
        hint: 'Write NAME, NAME==VERSION or a range such as NAME>=1.0,<2.',
      },
    );
  }
  const base = { range, isShipped: false, isAsked: true, text: range === '' ? 'bundle' : range.replace(/^==/, '') };
  return { ...base, name: normalizeName(name), source };
}

/** What the report says of the seeds: `pip=bundle, setuptools=65.5.0`. */
export function summarizeRequests(requests: readonly SeedRequest[]): readonly SummaryEntry[] {
  return requests.map(({ name, text }) => [name, text]);
}

function parseWord(name: string, text: string, isAsked: boolean): SeedRequest {
  const base = { name, text, isAsked, source: `--${name}` };
  if (text === 'bundle' || text === 'embed') return { ...base, range: '', isShipped: text === 'embed' };
  const { valid, validRange } = pep440();
  if (valid(text)) return { ...base, range: `==${text}`, isShipped: false };
  // A range may have blanks and line breaks anywhere; in reports and on command lines it has none.
  const range = text.replaceAll(/\s/g, '');
  if (validRange(range)) return { ...base, text: range, range, isShipped: false };
  throw new VivariumError('SEED_VERSION_INVALID', `\`${text}\` is not a version of ${name}`, {
    source: `--${name}`,
    hint: 'Use `bundle`, `embed`, `none`, a version such as 24.0, or a range such as >=23,<25.',
  });
}
