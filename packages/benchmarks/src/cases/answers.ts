import type { Case, Contender } from '../case.ts';
import type { Lab } from '../lab/lab.ts';
import { nodeItself } from './node.ts';

export const answers: Case = {
  name: 'answers',
  title: 'Help, version, and a usage error',
  measures: ['wall', 'cpu'],
  contenders: async (lab) => {
    const { uv, virtualenv } = lab.peers;
    return ['--help', '--version', '--no-such-option'].flatMap((asked) => [
      answer(lab, asked, {
        name: 'vivarium',
        argv: [...lab.vivarium.command, ...(asked === '--version' ? [] : ['create'])],
      }),
      ...(uv ? [answer(lab, asked, { name: 'uv', argv: asked === '--version' ? [uv] : [uv, 'venv'] })] : []),
      ...(virtualenv ? [answer(lab, asked, { name: 'virtualenv', argv: [virtualenv] })] : []),
      { ...nodeItself(lab), group: asked },
    ]);
  },
};

interface Asked {
  readonly name: string;
  readonly argv: readonly [string, ...string[]];
}

function answer(lab: Lab, asked: string, { name, argv }: Asked): Contender {
  const isError = asked === '--no-such-option';
  const words = isError ? [asked, lab.newPath()] : [asked];
  return {
    name: `${name} ${asked}`,
    group: asked,
    measure: () => lab.stopwatch.time(lab.command([...argv, ...words], { status: isError ? 2 : 0 })),
  };
}
