import { randomUUID } from 'node:crypto';
import { formatVersion, type Interpreter, type Plan, pathsOf, type SeedPackage, type Tool } from '@vivarium/core/host';

/** Who says it, and when. */
export interface SbomMaker {
  readonly tool: Tool;
  readonly at: Date;
}

/**
 * What an environment holds when it is new, as a software bill of materials: CycloneDX 1.6
 * (https://cyclonedx.org/docs/1.6/json/), with package URLs as scanners look them up.
 */
export function cyclonedx({ environment, seeder }: Plan, { tool, at }: SbomMaker): object {
  const { destination, interpreter } = environment;
  const components = [describeInterpreter(interpreter), ...(seeder?.packages ?? []).map(describePackage)];
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

function describeInterpreter({ implementation, version }: Interpreter) {
  const text = formatVersion(version);
  const purl = `pkg:generic/${implementation.toLowerCase()}@${encodeURIComponent(text)}`;
  return { type: 'platform', 'bom-ref': purl, name: implementation, version: text, purl };
}

function describePackage({ name, version, sha256, wheel, origin }: SeedPackage) {
  const purl = `pkg:pypi/${name}@${encodeURIComponent(version)}`;
  return {
    type: 'library',
    'bom-ref': purl,
    name,
    version,
    purl,
    // Of the wheel as a file: what an index publishes.
    hashes: [{ alg: 'SHA-256', content: sha256 }],
    properties: [
      ...(wheel === undefined ? [] : [{ name: 'vivarium:wheel', value: wheel }]),
      { name: 'vivarium:origin', value: origin },
    ],
  };
}
