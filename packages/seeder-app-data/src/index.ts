import { defineSeeder, type LinkMode, type Seeder } from '@vivarium/core/plugin';
import { asPackage, chooseSeeds, findPip, planRemoval, receiptOf } from '@vivarium/wheel-resolver';
import { IN_COMMON, withCommonTops } from './common-tops.ts';
import type { Image } from './image/image.ts';
import { isByName, linkModes } from './link-modes.ts';
import { options } from './options.ts';
import { planImage } from './plan-image.ts';
import { resolveImages } from './resolve-images.ts';
import { whyCopied } from './why-copied.ts';

/** Installs wheels by linking to images of them in the cache, each unpacked once. */
const appData: Seeder<typeof options> = defineSeeder({
  kind: 'seeder',
  name: 'app-data',
  title: 'FromAppData',
  options,
  seeds: (environment, settings, context) => chooseSeeds(environment, settings, context),
  async plan({ environment, packages, mode, settings, context, getWheels }) {
    // What is linked by name must never be written to, not even by Python when it keeps its byte code.
    const compiling = isByName(settings) ? 'now' : settings.compileSeeds;
    const images = await resolveImages({
      ...{ packages, environment, compiling, isByName: isByName(settings), context, getWheels },
      findPip: async () => packages.find(({ name }) => name === 'pip') ?? (await findOtherPip()),
    });
    const copied = isByName(settings) ? undefined : whyCopied(environment.destination);
    const link = linkModes(settings, { images, whyCopied: copied, context });
    const common = link.includes('symlink') ? withCommonTops(images) : new Set<Image>();
    const linkOf = (image: Image): readonly LinkMode[] => (common.has(image) ? IN_COMMON : link);
    return {
      steps: [
        ...(await planRemoval({ environment, packages, mode }, context.pause)),
        ...packages.flatMap((one, index) => {
          const image = images[index] as Image;
          return planImage(one, image, { environment, link: linkOf(image) });
        }),
      ],
      packages: packages.map(receiptOf),
      summary: copied === undefined ? [] : [['not_shared', copied]],
    };

    async function findOtherPip() {
      const { interpreter } = environment;
      const { extraSearchDir: extraDirectories = [], seedWheels } = settings;
      const pip = await findPip({ interpreter, extraDirectories, seedWheels, context });
      return pip === undefined ? undefined : asPackage(pip);
    }
  },
});

export default appData;
