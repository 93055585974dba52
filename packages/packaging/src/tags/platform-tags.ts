import { type AndroidFacts, type IosFacts, type PlatformFacts, toTagPart, type WindowsFacts } from './facts.ts';
import { linuxTags } from './linux-tags.ts';
import { macosTags } from './macos-tags.ts';

/** The platform tags that fit a system, best first, without `any`. */
export function platformTags(platform: PlatformFacts): readonly string[] {
  switch (platform.system) {
    case 'linux':
      return linuxTags(platform);
    case 'macos':
      return macosTags(platform);
    case 'windows':
      return [WINDOWS[platform.machine]];
    case 'ios':
      return iosTags(platform);
    case 'android':
      return androidTags(platform);
    case 'other':
      return [toTagPart(platform.platform)];
  }
}

const WINDOWS: Readonly<Record<WindowsFacts['machine'], string>> = {
  amd64: 'win_amd64',
  x86: 'win32',
  arm64: 'win_arm64',
  arm32: 'win_arm32',
};

// PEP 730 begins with iOS 12, and no version of iOS has had a minor version above 9.
function iosTags({ version: [major, minor], multiarch }: IosFacts): readonly string[] {
  const tags: string[] = [];
  for (let older = major; older >= 12; older -= 1) {
    for (let number = older === major ? minor : 9; number >= 0; number -= 1) {
      tags.push(`ios_${older}_${number}_${toTagPart(multiarch)}`);
    }
  }
  return tags;
}

// The oldest level that any tool for Android still builds for is 16.
function androidTags({ apiLevel, abi }: AndroidFacts): readonly string[] {
  const tags: string[] = [];
  for (let level = apiLevel; level >= 16; level -= 1) tags.push(`android_${level}_${toTagPart(abi)}`);
  return tags;
}
