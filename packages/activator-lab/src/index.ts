export { linuxEnvironment, type Wish, windowsEnvironment } from './environments.ts';
export { findPython } from './find-python.ts';
export { scriptOf, writeEnvironment } from './scripts.ts';
export { temporaryFolder } from './temporary-folder.ts';
