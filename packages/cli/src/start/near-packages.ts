import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Packages that are loaded by most runs, and the file that `require` gets of them. */
const FILES: Readonly<Record<string, string>> = { '@vivarium/seed-wheels': join('dist', 'index.cjs') };

/**
 * A `require` that looks for those packages itself, in the first places in which Node looks: below this package, and next
 * to it. Node would load its resolver for ES modules to read the package's `exports`, which takes 2 ms.
 *
 * @param require Node's own, which is asked for everything else
 * @param root the directory of this package
 */
export function withNearPackages(require: NodeJS.Require, root: string): NodeJS.Require {
  const places = [join(root, 'node_modules'), join(root, '..')];
  const load = (id: string): unknown => {
    const file = FILES[id];
    const place = file === undefined ? undefined : places.find((one) => existsSync(join(one, id)));
    return require(file === undefined || place === undefined ? id : join(place, id, file));
  };
  return Object.assign(load, require);
}
