import type { Diagnosis, Finding } from '@vivarium/environments';

/** A finding, as the JSON document has it. */
export function findingDocument({ code, severity, message, paths, remedy }: Finding): object {
  const { kind, command, otherwise } = remedy;
  return { code, severity, message, paths, remedy: { kind, command, otherwise: otherwise ?? null } };
}

/** What was found in one environment, as the JSON document has it. */
export function diagnosisDocument({ inspection, findings }: Diagnosis): object {
  const { path, directory, createdBy } = inspection;
  return { path, directory, createdBy: createdBy.manager ?? createdBy.tool, findings: findings.map(findingDocument) };
}

/** What was found in one environment, for people: a paragraph for each finding, with the command that fixes it. */
export function diagnosisLines({ inspection, findings }: Diagnosis): readonly string[] {
  const { directory } = inspection;
  if (findings.length === 0) return [`${directory}: nothing is wrong`];
  const count = findings.length === 1 ? '1 finding' : `${findings.length} findings`;
  return [`${directory}: ${count}`, ...findings.flatMap(findingLines)];
}

/** A finding in two or three lines. */
export function findingLines({ code, severity, message, remedy }: Finding): readonly string[] {
  return [
    `  ${severity} ${code}: ${message}`,
    `    fix: ${remedy.command}`,
    ...(remedy.otherwise === undefined ? [] : [`    or, where that has no copy: ${remedy.otherwise}`]),
  ];
}
