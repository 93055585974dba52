import {
  type MacosFacts,
  type MinorVersion,
  markerEnvironmentOf,
  type PlatformFacts,
  platformTags,
  tagFactsOf,
  wheelTags,
} from '@vivarium/packaging';
import { probe } from '@vivarium/test-utils/create-environment';
import { CPYTHONS, furtherPythons, type Python, SYSTEM_PYPY, wantedPython } from '@vivarium/test-utils/pythons';
import { RECORDED } from '@vivarium/test-utils/recorded-interpreters';
import { describe, expect, test } from 'vitest';
import { askPackaging, type Facts, factsOf, type Question } from './reference.ts';

const PYTHONS: readonly Python[] = [
  wantedPython('2.7'),
  ...CPYTHONS,
  SYSTEM_PYPY,
  ...furtherPythons(/^(?:pypy|graalpy|rustpython)/),
];

/** What the probe does not tell. */
function systemOf(facts: Facts) {
  const [, version] = /^glibc (.*)$/.exec(facts.libc ?? '') ?? [];
  const [major = 0, minor = 0] = version?.split('.').map(Number) ?? [];
  const { SOABI: soabi } = facts.config;
  return {
    ...(version !== undefined && { version: [major, minor] as const }),
    ...(typeof soabi === 'string' && soabi !== '' && { soabi }),
    hasWideUnicode: facts.maxunicode === 0x10ffff,
    platformMachine: facts.machine,
    platformRelease: facts.release,
    platformSystem: facts.system,
    platformVersion: facts.systemVersion,
  };
}

describe.each(PYTHONS)('$name $reason', (python) => {
  test.skipIf(python.isMissing)('has the tags and the environment of markers that PyPI finds', async () => {
    const facts = factsOf(python);
    // `packaging` runs on 3.9 and later; what an older interpreter says is handed to it in a newer one.
    const runsPackaging = facts.version[0] === 3 && facts.version[1] >= 9;
    const [theirs, environment] = runsPackaging
      ? askPackaging([['tags'], ['environment']], python.executable)
      : askPackaging([['tags_as', facts]]);
    const interpreter = await probe(python.executable);
    const ours = wheelTags(tagFactsOf(interpreter, systemOf(facts)));
    expect(ours).toEqual(theirs);
    expect(ours.length).toBeGreaterThan(100);
    if (runsPackaging) expect(markerEnvironmentOf(interpreter, systemOf(facts))).toEqual(environment);
  });
});

describe('recorded interpreters', () => {
  const cases = [...RECORDED].filter(([name]) => !name.startsWith('rustpython'));
  const system = { linux: [2, 36], darwin: [14, 2], win32: [0, 0] } as const;

  test('have the tags that PyPI finds, in their order', () => {
    const questions = cases.map(([, interpreter]): Question => ['tags_as', described(interpreter)]);
    const answers = askPackaging(questions);
    for (const [index, [name, interpreter]] of cases.entries()) {
      const version = system[interpreter.platform as keyof typeof system];
      // PyPI calls every PyPy a PyPy 3.
      const isOld = name.startsWith('pypy-2.7');
      const theirs = (answers[index] as readonly string[]).filter((tag) => !isOld || tag !== 'pp3-none-any');
      expect([name, wheelTags(tagFactsOf(interpreter, { version }))]).toEqual([name, theirs]);
    }
    expect(answers.length).toBeGreaterThan(40);
  });
});

/** The facts of an interpreter that is not here, as the standard library would tell them. */
function described(interpreter: ReturnType<typeof RECORDED.get> & object): object {
  const { implementation, version, implementationVersion: own, platform, machine, abiFlags, bits } = interpreter;
  const { major, minor, micro, releaseLevel, serial } = version;
  const nodot = `${major}${minor}`;
  const ownNodot = own === undefined ? '' : `${own.major}${own.minor}`;
  const soabi = {
    CPython: platform === 'win32' ? '' : `cpython-${nodot}${abiFlags}-${machine}-${platform}`,
    PyPy: major === 2 ? `pypy-${ownNodot}` : `pypy${nodot}-pp${ownNodot}-${machine}-linux-gnu`,
    GraalPy: `graalpy${ownNodot}-${nodot}-native-${machine}-linux`,
  }[implementation];
  const machines: Record<string, string> = { arm64: 'aarch64', x86: 'i686' };
  const platforms: Record<string, string> = {
    linux: `linux-${machines[machine] ?? machine}`,
    darwin: `macosx-11.0-${machine}`,
    win32: { x86_64: 'win-amd64', x86: 'win32', arm64: 'win-arm64' }[machine] ?? '',
  };
  return {
    implementation: implementation.toLowerCase(),
    version: [major, minor, micro, releaseLevel, serial],
    config: {
      EXT_SUFFIX: soabi === '' ? '.pyd' : `.${soabi}.so`,
      Py_DEBUG: platform === 'win32' ? null : Number(interpreter.isDebug),
      Py_GIL_DISABLED: Number(interpreter.isFreeThreaded),
      WITH_PYMALLOC: 1,
      Py_UNICODE_SIZE: platform === 'win32' ? 2 : 4,
      py_version_nodot: nodot,
    },
    platform: platforms[platform],
    libc: 'glibc 2.36',
    macos: '14.2',
    machine,
    bits,
    windowsDebug: platform === 'win32' && interpreter.isDebug,
  };
}

describe('platforms', () => {
  const versions: readonly MinorVersion[] = [
    ...Array.from({ length: 17 }, (_, minor): MinorVersion => [10, minor]),
    ...Array.from({ length: 18 }, (_, index): MinorVersion => [11 + index, index % 4]),
  ];
  const machines: readonly MacosFacts['machine'][] = ['arm64', 'x86_64', 'i386', 'ppc64', 'ppc'];
  const onMac = versions.flatMap((version) =>
    machines.map((machine) => ({ system: 'macos', version, machine }) as const),
  );
  const onIos = [12, 13, 15, 18, 26].flatMap((major) =>
    ['arm64-iphoneos', 'x86_64-iphonesimulator'].map(
      (multiarch) => ({ system: 'ios', version: [major, major % 5], multiarch }) as const,
    ),
  );
  const onAndroid = [15, 16, 21, 35].map((apiLevel) => ({ system: 'android', apiLevel, abi: 'arm64_v8a' }) as const);

  test.each<[string, readonly PlatformFacts[]]>([
    ['macos', onMac],
    ['ios', onIos],
    ['android', onAndroid],
  ])('of %s are those that PyPI finds', (family, facts) => {
    const answers = askPackaging(
      facts.map(({ system: _, ...parts }): Question => ['platforms', family, ...Object.values(parts)]),
    );
    expect(facts.map(platformTags)).toEqual(answers);
  });
});

describe('platforms that packaging can not be made to believe', () => {
  const linux = (facts: Omit<PlatformFacts & { system: 'linux' }, 'system'>) =>
    platformTags({ system: 'linux', ...facts });

  test('musl has its own wheels and none of glibc', () => {
    expect(linux({ machine: 'aarch64', libc: { name: 'musl', version: [1, 2] } })).toEqual([
      'linux_aarch64',
      'musllinux_1_2_aarch64',
      'musllinux_1_1_aarch64',
      'musllinux_1_0_aarch64',
    ]);
  });

  test('an unknown C library has the plain wheels alone', () => {
    expect(linux({ machine: 'x86_64' })).toEqual(['linux_x86_64']);
  });

  test('wheels of glibc begin with 2.17, and with 2.5 on Intel machines', () => {
    const glibc = { name: 'glibc', version: [2, 18] } as const;
    expect(linux({ machine: 'aarch64', libc: glibc })).toEqual([
      'linux_aarch64',
      'manylinux_2_18_aarch64',
      'manylinux_2_17_aarch64',
      'manylinux2014_aarch64',
    ]);
    expect(linux({ machine: 'x86_64', bits: 32, libc: glibc }).slice(-3)).toEqual([
      'manylinux_2_6_i686',
      'manylinux_2_5_i686',
      'manylinux1_i686',
    ]);
    expect(linux({ machine: 'mips64', libc: glibc })).toEqual(['linux_mips64']);
  });

  test('a 32-bit Python on ARM takes wheels for ARM 7, if it uses the floating point registers', () => {
    const libc = { name: 'glibc', version: [2, 17] } as const;
    expect(linux({ machine: 'aarch64', bits: 32, libc })).toEqual([
      'linux_armv8l',
      'linux_armv7l',
      'manylinux_2_17_armv8l',
      'manylinux2014_armv8l',
      'manylinux_2_17_armv7l',
      'manylinux2014_armv7l',
    ]);
    expect(linux({ machine: 'armv7l', bits: 32, isHardFloat: false, libc })).toEqual(['linux_armv7l']);
  });

  test('another system has what it is called', () => {
    expect(platformTags({ system: 'other', platform: 'freebsd-14.1-RELEASE-amd64' })).toEqual([
      'freebsd_14_1_release_amd64',
    ]);
  });
});

test('a free-threaded 3.15 takes the stable ABI for such builds, and only that', () => {
  const platform = { system: 'windows', machine: 'amd64' } as const;
  const tags = wheelTags({ implementation: 'cpython', version: [3, 15], isFreeThreaded: true, platform });
  expect(tags.slice(0, 4)).toEqual([
    'cp315-cp315t-win_amd64',
    'cp315-abi3t-win_amd64',
    'cp315-none-win_amd64',
    'cp314-abi3t-win_amd64',
  ]);
  expect(tags.filter((tag) => tag.includes('-abi3-'))).toEqual([]);
});
