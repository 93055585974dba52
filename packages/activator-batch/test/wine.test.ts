import batch from '@vivarium/activator-batch';
import type { Activator } from '@vivarium/core/plugin';
import { testActivator } from '@vivarium/testkit';
import { afterAll, test } from 'vitest';
import { describeCmd, makePrefix, removePrefix, windowsPython, wineFails } from './wine.ts';

if (windowsPython === undefined) {
  test.skip('BatchActivator in cmd.exe of wine (skipped because it is a run of its own: npm run test:windows)', () => {});
} else {
  const prefix = makePrefix();
  afterAll(() => removePrefix(prefix));

  // What wine gets wrong is left out as if it were refused; cmd.exe of Windows is given such names too.
  const underWine: Activator = {
    ...batch,
    supports(environment) {
      const directory = environment.destination.slice(environment.destination.lastIndexOf('\\') + 1);
      const { prompt } = environment;
      const reason = wineFails({ directory, ...(prompt === undefined ? {} : { prompt }) });
      return reason === undefined ? batch.supports(environment) : { reason };
    },
  };
  testActivator(underWine, describeCmd(prefix));
}
