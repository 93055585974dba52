export { type PlacedFile, readWheel, type Scheme, type WheelContents } from './read-wheel.ts';
export { formatRecord, parseRecord, type RecordLine, recordLine } from './record.ts';
export { isOwnName } from './removal/own-name.ts';
export { refuseWheel, WheelError } from './wheel-error.ts';
export { readZip, type ZipEntry } from './zip/read-zip.ts';
