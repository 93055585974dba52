import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { FileStep } from '@vivarium/core/plugin';
import { formatRecord, parseRecord } from '@vivarium/wheel-resolver/reading';
import { recordedFiles, withRecord } from '../findings/record.ts';
import { readHead } from '../findings/scripts.ts';
import type { Inspection } from '../inspect/inspection.ts';
import { isThere } from '../inspect/layout.ts';
import { readBounded } from '../read/read-bounded.ts';

/** Steps, or why there are none. */
export interface Rewritten {
  readonly steps: readonly FileStep[];
  /** Paths that were left as they are. */
  readonly skipped: readonly string[];
}

/** Linux before 5.1 reads 128 bytes of a first line with its end. */
const LONGEST = 127;

/**
 * Writes the first lines of commands for the Python of the environment, and their new hashes into RECORD. What follows
 * the first lines stays as it is, byte for byte; a script that is not UTF-8 is left alone.
 *
 * @param paths relative to the environment
 */
export function rewriteScripts(paths: readonly string[], inspection: Inspection): Rewritten {
  const { directory } = inspection;
  const written = paths.map((path) => ({ path, step: rewrite(path, inspection) }));
  const steps = written.flatMap(({ step }) => step ?? []);
  const contents = new Map(steps.map((step) => [step.path, Buffer.from(step.contents)]));
  const records = withRecord(inspection).flatMap((distribution): readonly FileStep[] => {
    const own = recordedFiles(directory, distribution).filter(({ path, hash }) => hash !== '' && contents.has(path));
    if (own.length === 0) return [];
    const names = new Map(own.map(({ recorded, path }) => [recorded, contents.get(path) ?? Buffer.alloc(0)]));
    const path = `${distribution.path}/RECORD`;
    const lines = parseRecord(readBounded(join(directory, path)) ?? '').map((line) => {
      const bytes = names.get(line.path);
      return bytes === undefined ? line : { ...line, ...describe(bytes) };
    });
    return [{ kind: 'file', path, contents: formatRecord(lines), mode: statSync(join(directory, path)).mode & 0o777 }];
  });
  return {
    steps: [...steps, ...records],
    skipped: written.filter(({ step }) => step === undefined).map(({ path }) => path),
  };
}

function describe(bytes: Buffer): { readonly hash: string; readonly size: string } {
  return { hash: `sha256=${createHash('sha256').update(bytes).digest('base64url')}`, size: String(bytes.length) };
}

function rewrite(path: string, inspection: Inspection): FileStep | undefined {
  const file = join(inspection.directory, path);
  const { mode, size } = statSync(file);
  if (size > 16 * 1024 * 1024) return undefined;
  const bytes = readFileSync(file);
  const head = readHead(bytes.subarray(0, 8192));
  if (head === undefined) return undefined;
  const body = decode(bytes.subarray(head.length));
  if (body === undefined) return undefined;
  const contents = `${firstLines(interpreterFor(head.interpreter, inspection))}\n${body}`;
  return { kind: 'file', path, contents, mode: (mode & 0o777) | 0o100 };
}

/** The name that the script had, where the environment has it: `python3.12`. */
function interpreterFor(named: string, { directory, layout }: Inspection): string {
  const same = join(directory, layout.scripts, basename(named));
  return isThere(same) ? same : join(directory, layout.executable);
}

/** `sh` starts what the system can't: a path that is too long, or has blanks in it. */
function firstLines(executable: string): string {
  if (Buffer.byteLength(`#!${executable}\n`) <= LONGEST && !/\s/.test(executable)) return `#!${executable}`;
  const quoted = `'${executable.replaceAll(/['\\]/g, (it) => (it === "'" ? `'"'"'` : `'"\\\\"'`))}'`;
  return ['#!/bin/sh', `'''exec' ${quoted} "$0" "$@"`, "' '''"].join('\n');
}

function decode(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
