export { findDistInfo, parseFields, readEntry } from './metadata.ts';
export { refuseWheel, WheelError } from './wheel-error.ts';
export { readZip, type ZipEntry } from './zip/read-zip.ts';
