import type { Environment, Interpreter } from '@vivarium/core/host';
import { cpython } from '@vivarium/test-utils/described-interpreter';

/** What not every environment has. */
export interface Wish extends Pick<Environment, 'prompt'>, Pick<Interpreter, 'tcl'> {}

const linux = cpython('3.12.1');

const windows: Interpreter = {
  ...linux,
  os: 'nt',
  platform: 'win32',
  scheme: { ...linux.scheme, scripts: 'Scripts', purelib: 'Lib/site-packages', platlib: 'Lib/site-packages' },
};

/** A Linux environment at that place. */
export function linuxEnvironment(destination: string, wish: Wish = {}): Environment {
  return environmentOf(linux, 'bin/python', { destination, ...wish });
}

/** A Windows environment at that place. What its Python is made of besides the layout is that of Linux: no script has it. */
export function windowsEnvironment(destination: string, wish: Wish = {}): Environment {
  return environmentOf(windows, 'Scripts/python.exe', { destination, ...wish });
}

function environmentOf(
  interpreter: Interpreter,
  executable: string,
  { tcl, ...named }: Wish & { readonly destination: string },
): Environment {
  return {
    ...named,
    interpreter: tcl === undefined ? interpreter : { ...interpreter, tcl },
    layout: { ...interpreter.scheme, executable },
  };
}
