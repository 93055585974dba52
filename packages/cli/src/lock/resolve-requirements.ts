import { VivariumError } from '@vivarium/core/host';
import { ParseError, parseRequirement } from '@vivarium/packaging';
import type { Resolution, ResolutionRequest, ResolverName } from './request.ts';

/**
 * Resolves requirements into a lock, with a resolver of others.
 *
 * @throws VivariumError `REQUIREMENTS_EMPTY` or `REQUIREMENT_INVALID` (exit code 2), and what the resolvers throw
 */
export async function resolveRequirements(resolver: ResolverName, request: ResolutionRequest): Promise<Resolution> {
  if (request.files.length + request.specs.length === 0) {
    throw new VivariumError('REQUIREMENTS_EMPTY', 'There is nothing to resolve', {
      hint: 'Name a requirements file with -r, or a requirement with --with.',
    });
  }
  for (const spec of request.specs) checkSpec(spec);
  const { debug, emit } = request.context;
  emit?.({ type: 'resolve', resolver, requirements: request.files.length + request.specs.length });
  const resolve = await RESOLVERS[resolver]();
  const resolution = await resolve(request);
  debug(`${resolution.resolver} resolved the requirements to ${resolution.lock.packages.length} packages`);
  return resolution;
}

const RESOLVERS: Readonly<Record<ResolverName, () => Promise<(request: ResolutionRequest) => Promise<Resolution>>>> = {
  pip: async () => (await import('./resolve-with-pip.ts')).resolveWithPip,
  uv: async () => (await import('./resolve-with-uv.ts')).resolveWithUv,
};

// What a resolver would take for an option of its own, or for several requirements, is none.
function checkSpec(spec: string): void {
  const reason = whyInvalid(spec);
  if (reason === undefined) return;
  throw new VivariumError('REQUIREMENT_INVALID', `\`${spec}\` is not a requirement: ${reason}`, {
    source: '--with',
    hint: 'Write a name with or without a version (requests, "django>=5,<6"), a path, or a URL.',
  });
}

function whyInvalid(spec: string): string | undefined {
  if (spec.trim() === '') return 'it is empty';
  if (spec.trim().startsWith('-')) return 'it begins with a dash, as an option does';
  if (/[\r\n]/.test(spec)) return 'it has a line break';
  if (/[/\\:]/.test(spec)) return undefined;
  try {
    parseRequirement(spec);
    return undefined;
  } catch (error) {
    if (error instanceof ParseError) return error.message;
    throw error;
  }
}
