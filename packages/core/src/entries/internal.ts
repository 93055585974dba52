/**
 * What only vivarium's own packages use. It is not part of the public interface and changes without notice.
 *
 * @packageDocumentation
 */

export { recoverDestination } from '../apply/recover.ts';
export { removeTree } from '../apply/remove.ts';
export { type ClaimRequest, withClaim } from '../apply/with-claim.ts';
export { whyNotTrusted } from '../cache/trust.ts';
export { assertMayRemove, type ModeRequest, planMode, type RemovalRequest } from '../destination/plan-mode.ts';
export { fingerprint } from '../fingerprint.ts';
export { homeDirectory, xdgDirectory } from '../home.ts';
export {
  findImplementation,
  type Implementation,
  type ImplementationId,
  implementationEntries,
  implementations,
} from '../implementations.ts';
export { namesIn } from '../names-in.ts';
export { isOwnFile, isOwnName } from '../packages/own-name.ts';
export { readReceipt } from '../packages/read-receipt.ts';
export { askDiscoverer, type DiscoveryRequest } from '../pipeline/ask-discoverer.ts';
export { callPlugin } from '../pipeline/call-plugin.ts';
export { checkSupport } from '../pipeline/check-answers.ts';
export { OPTIONS_OF } from '../plugins/plugin-options.ts';
export { printable } from '../printable.ts';
export { type Captured, type CaptureRequest, capture } from '../process/capture.ts';
export { type BackgroundProcess, startInBackground } from '../process/start-in-background.ts';
export { readConfiguration } from '../pyvenv-cfg/read.ts';
export { readSmallFile, type SmallFile } from '../read-small-file.ts';
export { nearName } from '../report/near-name.ts';
export { kebabCase } from '../settings/option.ts';
export { atOnce, inSlices, pauseEvery, type Slices } from '../slices.ts';
export { unifyMachine } from '../spec/machine.ts';
export { invalidSpec, isPathText, readSpec } from '../spec/read-spec.ts';
export { temporaryName } from '../temporary-name.ts';
