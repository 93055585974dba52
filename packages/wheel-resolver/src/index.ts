export type { CandidateSearch } from './find/candidate.ts';
export { CACHED_WHEELS, WHEEL_ORIGINS, type WheelOrigin } from './find/candidate.ts';
export { normalizeName } from './normalize-name.ts';
export { seedOptions } from './options.ts';
export { receiptOf } from './receipt.ts';
export { planRemoval } from './remove/plan-removal.ts';
export { requestSeeds, type SeedRequest, type SeedSettings, summarizeRequests } from './request.ts';
export { findPip, type ResolveRequest, resolveWheels, type SeedWheel } from './resolve-wheels.ts';
export { type TriggerRequest, triggerUpdates, updatable } from './update/trigger.ts';
