// `npm run docs`: builds the documentation site from the Markdown files of the repository into `site`, on a fresh clone too.
//
//   --serve   also serves it on this machine, and builds it again whenever a file has changed (`npm run docs:dev`)
//   --out DIR another directory than `site`
import { installDependencies } from './set-up.mjs';

installDependencies();
// What it imports is only there now.
await import('./docs/build-site.mjs');
