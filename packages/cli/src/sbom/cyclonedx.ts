import { randomUUID } from 'node:crypto';
import { formatVersion, type Interpreter, type Plan, pathsOf, type SeedPackage, type Tool } from '@vivarium/core/host';
import type { Receipt } from '@vivarium/discoverer-standalone/managed';
import type { DeclaredLicense, InstalledMetadata } from './installed-metadata.ts';

/** Who says it, and when. */
export interface SbomMaker {
  readonly tool: Tool;
  readonly at: Date;
  /** What the packages say of themselves, by their names. */
  readonly installed: ReadonlyMap<string, InstalledMetadata>;
  /** What is known of the build of the base, where vivarium manages it. */
  readonly managed?: Receipt | undefined;
}

/**
 * What an environment holds when it is new, as a software bill of materials: CycloneDX 1.6
 * (https://cyclonedx.org/docs/1.6/json/), with package URLs as scanners look them up.
 */
export function cyclonedx({ environment, seeder }: Plan, { tool, at, installed, managed }: SbomMaker): object {
  const { destination, interpreter } = environment;
  const components = [
    describeInterpreter(interpreter, managed),
    ...(seeder?.packages ?? []).map((one) => describePackage(one, installed.get(one.name))),
  ];
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${randomUUID()}`,
    version: 1,
    metadata: {
      timestamp: at.toISOString(),
      tools: { components: [{ type: 'application', ...tool }] },
      component: {
        type: 'application',
        'bom-ref': ENVIRONMENT,
        name: pathsOf(interpreter).basename(destination),
        description: 'A Python virtual environment',
      },
    },
    components,
    dependencies: [{ ref: ENVIRONMENT, dependsOn: components.map((component) => component['bom-ref']) }],
  };
}

const ENVIRONMENT = 'environment';

function describeInterpreter({ implementation, version }: Interpreter, managed: Receipt | undefined) {
  const text = formatVersion(version);
  const purl = `pkg:generic/${implementation.toLowerCase()}@${encodeURIComponent(text)}`;
  return {
    type: 'platform',
    'bom-ref': purl,
    name: implementation,
    version: text,
    purl,
    ...(managed === undefined ? {} : describeBuild(managed)),
  };
}

function describeBuild({ build, platform, sha256, source, license }: Receipt) {
  return {
    // Of the archive.
    hashes: [{ alg: 'SHA-256', content: sha256 }],
    licenses: [{ expression: license, acknowledgement: 'declared' }],
    ...(/^https?:/.test(source) ? { externalReferences: [{ type: 'distribution', url: source }] } : {}),
    properties: [
      { name: 'vivarium:build', value: build },
      { name: 'vivarium:platform', value: platform },
    ],
  };
}

function describePackage({ name, version, sha256, wheel, origin }: SeedPackage, installed?: InstalledMetadata) {
  const purl = `pkg:pypi/${name}@${encodeURIComponent(version)}`;
  return {
    type: 'library',
    'bom-ref': purl,
    name,
    version,
    purl,
    // Of the wheel as a file: what an index publishes.
    hashes: [{ alg: 'SHA-256', content: sha256 }],
    ...(installed?.license === undefined ? {} : { licenses: describeLicense(installed.license) }),
    ...describeReferences(origin, installed),
    properties: [
      ...(wheel === undefined ? [] : [{ name: 'vivarium:wheel', value: wheel }]),
      { name: 'vivarium:origin', value: origin },
    ],
  };
}

function describeLicense(license: DeclaredLicense): readonly object[] {
  const acknowledgement = 'declared';
  if ('expression' in license) return [{ expression: license.expression, acknowledgement }];
  return license.names.map((name) => ({ license: { name, acknowledgement } }));
}

function describeReferences(origin: string, installed: InstalledMetadata | undefined) {
  const references = [
    ...(/^https?:/.test(origin) ? [{ type: 'distribution', url: origin }] : []),
    ...(installed?.bills ?? []).map(({ path, sha256 }) => ({
      type: 'bom',
      url: encodeURI(path),
      hashes: [{ alg: 'SHA-256', content: sha256 }],
    })),
  ];
  return references.length === 0 ? {} : { externalReferences: references };
}
