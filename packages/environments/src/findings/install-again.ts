import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { normalizeName } from '@vivarium/packaging';
import type { Distribution, Inspection } from '../inspect/inspection.ts';
import { quote } from './quote.ts';

/** What a user types to install a distribution again as it was. */
export function installAgain({ name, version, url, isEditable }: Distribution, inspection: Inspection): string {
  const [first, ...options] = url === undefined ? [`${name}==${version}`] : sourceOf(url, isEditable);
  return `${installer(inspection)} ${[first ?? '', ...options].map(quote).join(' ')}`;
}

/** What a user types to get a release of a package in which something is fixed. */
export function installNewer(name: string, fixedIn: string, inspection: Inspection): string {
  return `${installer(inspection)} ${quote(`${name}>=${fixedIn}`)}`;
}

function sourceOf(url: string, isEditable: boolean): readonly string[] {
  const place = isEditable && url.startsWith('file:') ? fileURLToPath(url) : url;
  return isEditable ? ['--editable', place] : [place];
}

/** The installer that the environment has; one without pip takes uv, or a pip outside of it. */
function installer({ directory, layout, distributions }: Inspection): string {
  const python = quote(join(directory, layout.executable));
  if (distributions.some(({ name }) => normalizeName(name) === 'pip')) {
    return `${python} -m pip install --force-reinstall --no-deps`;
  }
  if (distributions.some(({ installer: by }) => by === 'uv')) {
    return `uv pip install --python ${python} --reinstall --no-deps`;
  }
  return `python3 -m pip --python ${python} install --force-reinstall --no-deps`;
}
