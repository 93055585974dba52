export { type MadeWheel, makeWheel, type WheelRecipe } from './make-wheel.ts';
export { makeZip, type ZipFile } from './make-zip.ts';
export { type OfferedFile, type RunningIndex, serveIndex } from './serve-index.ts';
