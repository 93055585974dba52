// Compiled by contracts.test.ts: each line that is marked has one mistake, and the others have none.
import {
  type Activator,
  defineActivator,
  defineCreator,
  defineDiscoverer,
  defineSeeder,
  VivariumError,
} from '@vivarium/core/host';

const base = { kind: 'activator', name: 'own', title: 'Own' } as const;

export const right = defineActivator({
  ...base,
  options: {
    ownDepth: { type: 'count', default: 1, help: 'how deep' },
    ownMode: { type: 'choice', choices: ['a', 'b'], default: 'a', help: '' },
  },
  supports: (environment) => environment.interpreter.os === 'posix' || { reason: 'it is for POSIX systems' },
  scripts: (environment, { ownDepth, ownMode }) => {
    const depth: number = ownDepth;
    const mode: 'a' | 'b' = ownMode;
    const text: string = ownDepth; // wrong
    return [{ name: 'activate.own', contents: `${environment.destination} ${depth} ${mode} ${text}` }];
  },
});

export const plain: Activator = { ...base, supports: () => true, scripts: () => [] };

defineActivator({ ...base, kind: 'creator', supports: () => true, scripts: () => [] }); // wrong
defineActivator({ ...base, supports: () => true }); // wrong
defineActivator({ ...base, supports: () => false, scripts: () => [] }); // wrong
defineActivator({ ...base, supports: () => ({ why: 'x' }), scripts: () => [] }); // wrong
defineActivator({ ...base, supports: async () => true as const, scripts: () => [] }); // wrong
defineActivator({ ...base, supports: () => true, scripts: () => [{ name: 'a' }] }); // wrong
defineActivator({ ...base, supports: () => true, scripts: () => 'a' }); // wrong
defineActivator({ ...base, options: { a: { type: 'colour', help: '' } }, supports: () => true, scripts: () => [] }); // wrong
defineActivator({ ...base, supports: (environment) => environment.shell === 'x' || true, scripts: () => [] }); // wrong

const creator = { kind: 'creator', name: 'own', title: 'Own', supports: () => true as const } as const;
const burning = { kind: 'burn', path: 'x' } as const;
const layout = { scripts: 'bin', purelib: 'p', platlib: 'p', stdlib: 's', include: 'i', executable: 'bin/python' };
defineCreator({ ...creator, plan: () => ({ steps: [] }) }); // wrong
defineCreator({ ...creator, plan: () => ({ layout, steps: [burning] }) }); // wrong
defineCreator({ ...creator, plan: () => ({ layout, steps: [] }) });

const seeder = { kind: 'seeder', name: 'own', title: 'Own' } as const;
defineSeeder({ ...seeder, plan: () => ({ steps: [], packages: [] }) }); // wrong
defineSeeder({ ...seeder, plan: async () => ({ steps: [], packages: [], summary: [] }) });

const discoverer = { kind: 'discoverer', name: 'own', title: 'Own' } as const;
defineDiscoverer({ ...discoverer, candidates: () => [{ executable: '/usr/bin/python3' }] }); // wrong
defineDiscoverer({ ...discoverer, candidates: () => [{ executable: '/usr/bin/python3', source: 'a list' }] });

export const rightError = new VivariumError('SPEC_INVALID', 'x');
export const ownError = new VivariumError('own:LIST_NOT_FOUND', 'x');
new VivariumError('SPEC_INVALLID', 'x'); // wrong
new VivariumError('LIST_NOT_FOUND', 'x'); // wrong
