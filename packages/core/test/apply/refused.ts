import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { onTestFinished } from 'vitest';

type Name =
  | 'accessSync'
  | 'chmodSync'
  | 'copyFileSync'
  | 'linkSync'
  | 'lstatSync'
  | 'mkdirSync'
  | 'renameSync'
  | 'mkdtempSync'
  | 'rmdirSync'
  | 'rmSync'
  | 'readlinkSync'
  | 'readdirSync'
  | 'symlinkSync'
  | 'unlinkSync'
  | 'utimesSync'
  | 'writeFileSync';

/** How many calls the system has refused. */
export interface Refused {
  readonly count: number;
}

/**
 * Lets the system refuse calls of one kind until the test is over.
 *
 * @param code what it answers: `EXDEV`, for example
 * @param isMeant whether a call with these arguments is refused; by default all are
 */
export function refuse(name: Name, code: string, isMeant: (...args: string[]) => boolean = () => true): Refused {
  const refused = { count: 0 };
  replace(name, (real, args) => {
    if (!isMeant(...args.map(String))) return real(...args);
    refused.count += 1;
    throw Object.assign(new Error(`${code}: refused by the test, ${name} '${args[0]}'`), { code, syscall: name });
  });
  return refused;
}

/** Does something right before the first call of one kind with a certain path. */
export function beforeCall(name: Name, isMeant: (path: string) => boolean, act: () => void): void {
  let isDone = false;
  replace(name, (real, args) => {
    if (!isDone && isMeant(String(args[0]))) {
      isDone = true;
      act();
    }
    return real(...args);
  });
}

/** Does something right after the first call of one kind with a certain path that succeeds. */
export function afterCall(name: Name, isMeant: (path: string) => boolean, act: () => void): void {
  let isDone = false;
  replace(name, (real, args) => {
    const result = real(...args);
    if (!isDone && isMeant(String(args[0]))) {
      isDone = true;
      act();
    }
    return result;
  });
}

type Call = (...args: unknown[]) => unknown;

function replace(name: Name, call: (real: Call, args: readonly unknown[]) => unknown): void {
  const real = fs[name] as Call;
  Object.assign(fs, { [name]: (...args: unknown[]) => call(real, args) });
  syncBuiltinESMExports();
  onTestFinished(() => {
    Object.assign(fs, { [name]: real });
    syncBuiltinESMExports();
  });
}
