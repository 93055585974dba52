import { uptime } from 'node:os';

/** When the machine was started, in seconds since 1970. */
export function startOfMachine(): number {
  return Math.round(Date.now() / 1000 - uptime());
}

/** Whether two such times are of one start: both clocks are read with some delay, and one of them is set now and then. */
export function isSameStart(a: number, b: number): boolean {
  return Math.abs(a - b) < 60;
}
