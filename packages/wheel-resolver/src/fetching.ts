export { type FetchRequest, fetchFiles, type PipRequirement } from './fetch/fetch-files.ts';
export { pipEnvironment } from './fetch/pip-environment.ts';
