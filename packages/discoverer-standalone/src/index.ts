import { type Discoverer, defineDiscoverer } from '@vivarium/core/plugin';
import { options } from './options.ts';

export { type ManagedSettings, options as managedOptions } from './options.ts';

/**
 * Finds the Pythons that vivarium has fetched, and uv's; fetches the newest match itself where the user has allowed that.
 * Asked after the machine's own Pythons, and so all of its code is loaded only when it is asked.
 */
const standalone: Discoverer<typeof options> = defineDiscoverer({
  kind: 'discoverer',
  name: 'standalone',
  title: 'Standalone',
  options,
  async *candidates(spec, settings, context) {
    const { storeCandidates } = await import('./store/candidates.ts');
    yield* storeCandidates(spec, settings, context);
  },
  fetch: {
    when: ({ downloadPython }) => downloadPython,
    async *candidates(spec, settings, context) {
      const { fetchedCandidates } = await import('./install/fetched-candidates.ts');
      yield* fetchedCandidates(spec, settings, context);
    },
    async hint(spec, settings, context) {
      const { fetchingHint } = await import('./install/fetching-hint.ts');
      return fetchingHint(spec, settings, context);
    },
  },
});

export default standalone;
