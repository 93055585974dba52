export { parseSdistFileName, type SdistFileName } from './file-name/sdist.ts';
export { parseWheelFileName, type WheelFileName } from './file-name/wheel.ts';
export type { DescribedInterpreter, DescribedSystem, VersionInfo } from './interpreter/described.ts';
export { markerEnvironmentOf } from './interpreter/marker-environment.ts';
export { tagFactsOf } from './interpreter/tag-facts.ts';
export type { MarkerEnvironment } from './marker/environment.ts';
export { evaluateMarker, UndefinedFieldError } from './marker/evaluate.ts';
export { formatMarker } from './marker/format.ts';
export {
  fieldsOf,
  type Marker,
  type MarkerComparison,
  type MarkerField,
  type MarkerOperand,
  type MarkerOperator,
} from './marker/marker.ts';
export { parseMarker } from './marker/parse.ts';
export { isNormalizedName, isValidName, normalizeName } from './name.ts';
export { ParseError } from './parse-error.ts';
export { formatRequirement, parseRequirement, type Requirement } from './requirement/requirement.ts';
export { formatSpecifiers, type Operator, parseSpecifiers, type Specifier } from './specifier/parse.ts';
export { filterVersions, type PreReleases, satisfies } from './specifier/satisfies.ts';
export { chooseWheel, compareBuilds, type FittingWheel } from './tags/choose-wheel.ts';
export type {
  AndroidFacts,
  IosFacts,
  LinuxFacts,
  MacosFacts,
  MinorVersion,
  OtherPlatformFacts,
  PlatformFacts,
  TagFacts,
  WindowsFacts,
} from './tags/facts.ts';
export { platformTags } from './tags/platform-tags.ts';
export { wheelTags } from './tags/wheel-tags.ts';
export { compareVersions } from './version/compare.ts';
export { canonicalizeVersion, formatPublicVersion, formatVersion } from './version/format.ts';
export {
  isPreRelease,
  isVersion,
  type PreReleaseKind,
  parseVersion,
  type Version,
  type VersionNumber,
} from './version/version.ts';
