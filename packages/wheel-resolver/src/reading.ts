export { parseFields } from './read/metadata.ts';
export { type PlacedFile, readWheel, type Scheme, type WheelContents, type WheelFile } from './read/read-wheel.ts';
export { formatRecord, parseRecord, type RecordLine, recordLine } from './read/record.ts';
export { refuseWheel, WheelError } from './read/wheel-error.ts';
export { readZip, type ZipEntry } from './read/zip/read-zip.ts';
export { type OtherDistribution, type Others, planOthers } from './remove/others.ts';
