import { defineSeeder, type Seeder } from '@vivarium/core/plugin';
import {
  findPip,
  planRemoval,
  receiptOf,
  requestSeeds,
  resolveWheels,
  summarizeRequests,
  triggerUpdates,
  updatable,
} from '@vivarium/wheel-resolver';
import { isByName, linkModes } from './link-modes.ts';
import { options } from './options.ts';
import { planImage } from './plan-image.ts';
import { resolveImages } from './resolve-images.ts';
import { whyCopied } from './why-copied.ts';

/** Puts pip, setuptools and wheel in by linking to images of them in the cache, each unpacked once. */
const appData: Seeder<typeof options> = defineSeeder({
  kind: 'seeder',
  name: 'app-data',
  title: 'FromAppData',
  options,
  async plan(environment, settings, context) {
    const requests = requestSeeds(environment.interpreter, settings);
    const { extraSearchDir: extraDirectories = [], download } = settings;
    const { interpreter } = environment;
    const search = { interpreter, extraDirectories, context };
    const wheels = await resolveWheels({ ...search, requests, download });
    if (settings.periodicUpdate) await triggerUpdates({ names: updatable(requests), interpreter, context });
    // What is linked by name must never be written to, not even by Python when it keeps its byte code.
    const compiling = isByName(settings) ? 'now' : settings.compileSeeds;
    const pip = async () => wheels.find(({ name }) => name === 'pip') ?? (await findPip(search));
    const request = { wheels, environment, compiling, isByName: isByName(settings), context };
    const images = await resolveImages({ ...request, findPip: pip });
    const copied = isByName(settings) ? undefined : whyCopied(environment.destination);
    const link = linkModes(settings, { images, whyCopied: copied, context });
    return {
      steps: [
        ...(await planRemoval(environment, wheels)),
        ...images.flatMap((image) => planImage(image, environment, link)),
      ],
      packages: wheels.map(receiptOf),
      summary: [
        ...(extraDirectories.length > 0 ? [['extra_search_dir', extraDirectories] as const] : []),
        ['download', download],
        ...summarizeRequests(requests),
        ...(copied === undefined ? [] : [['not_shared', copied] as const]),
      ],
    };
  },
});

export default appData;
