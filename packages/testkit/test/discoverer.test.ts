import builtin from '@vivarium/discovery';
import { testDiscoverer } from '@vivarium/testkit';

// Here and not in its own package, since the suite itself finds its interpreters with it.
testDiscoverer(builtin, { arrange: ({ python }) => ({ settings: { tryFirstWith: [python] } }) });
