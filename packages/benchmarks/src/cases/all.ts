import type { Case } from '../case.ts';
import { activation } from './activation.ts';
import { answers } from './answers.ts';
import { coldCache } from './cold-cache.ts';
import { counts } from './counts.ts';
import { discovery } from './discovery.ts';
import { disk } from './disk.ts';
import { eventLoop } from './event-loop.ts';
import { existing } from './existing.ts';
import { fileOperations } from './file-operations.ts';
import { fileSystems } from './file-systems.ts';
import { fromLock, lockDisk } from './from-lock.ts';
import { growth } from './growth.ts';
import { imports } from './imports.ts';
import { inProcess } from './in-process.ts';
import { noSeed } from './no-seed.ts';
import { readyToWork } from './ready-to-work.ts';
import { run } from './run.ts';
import { seeded } from './seeded.ts';
import { several } from './several.ts';

/** In the order in which they are run and printed. */
export const cases: readonly Case[] = [
  noSeed,
  seeded,
  coldCache,
  readyToWork,
  several,
  inProcess,
  eventLoop,
  imports,
  disk,
  ...fromLock,
  lockDisk,
  answers,
  activation,
  discovery,
  run,
  existing,
  growth,
  counts,
  fileSystems,
  fileOperations,
];
