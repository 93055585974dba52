export type { CandidateSearch } from './candidate.ts';
export { CACHED_WHEELS, WHEEL_ORIGINS, type WheelOrigin } from './candidate.ts';
export { normalizeName } from './normalize-name.ts';
export { seedOptions } from './options.ts';
export { receiptOf } from './receipt.ts';
export { planRemoval } from './removal/plan-removal.ts';
export { requestSeeds, type SeedRequest, type SeedSettings, summarizeRequests } from './request.ts';
export { findPip, type SeedWheel, type SupplyRequest, supplyWheels } from './supply.ts';
export { type TriggerRequest, triggerUpdates, updatable } from './update/trigger.ts';
