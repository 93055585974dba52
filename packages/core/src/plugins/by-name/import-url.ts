/**
 * Node's own `import()`. It has a file of its own because code that V8 compiled earlier can't use it: a program that is
 * started from such code keeps this file out of it.
 */
export function importUrl(url: string): Promise<Readonly<Record<string, unknown>>> {
  return import(/* @vite-ignore */ /* webpackIgnore: true */ url);
}
