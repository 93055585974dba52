/** The fields of markers that decide which files and packages a resolution for one Python comes to. */
const FIELDS = ['implementation_name', 'platform_machine', 'python_version', 'sys_platform'] as const;

/**
 * The marker of the only environment that a resolution is for. A resolver that is asked by one Python answers for it
 * alone, and a lock that does not say so would install something else, or nothing, for another.
 */
export function environmentMarker(environment: Readonly<Partial<Record<(typeof FIELDS)[number], string>>>): string {
  return FIELDS.flatMap((field) => {
    const value = environment[field];
    return value === undefined || /["'\\]/.test(value) ? [] : [`${field} == "${value}"`];
  }).join(' and ');
}
