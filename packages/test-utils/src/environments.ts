import type { Environment, Interpreter } from '@vivarium/core/host';
import { cpython } from '@vivarium/test-utils/described-interpreter';

/** What not every environment has. */
export interface EnvironmentRequest extends Pick<Environment, 'prompt'>, Pick<Interpreter, 'tcl'> {}

const linux = cpython('3.12.1');

const windows: Interpreter = {
  ...linux,
  os: 'nt',
  platform: 'win32',
  scheme: { ...linux.scheme, scripts: 'Scripts', purelib: 'Lib/site-packages', platlib: 'Lib/site-packages' },
};

/** A Linux environment at that place. */
export function linuxEnvironment(destination: string, request: EnvironmentRequest = {}): Environment {
  return environmentOf(linux, 'bin/python', { destination, ...request });
}

/** A Windows environment at that place. What its Python is made of besides the layout is that of Linux: no script has it. */
export function windowsEnvironment(destination: string, request: EnvironmentRequest = {}): Environment {
  return environmentOf(windows, 'Scripts/python.exe', { destination, ...request });
}

function environmentOf(
  interpreter: Interpreter,
  executable: string,
  { tcl, ...named }: EnvironmentRequest & { readonly destination: string },
): Environment {
  return {
    ...named,
    interpreter: tcl === undefined ? interpreter : { ...interpreter, tcl },
    layout: { ...interpreter.scheme, executable },
  };
}
