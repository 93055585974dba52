// Written by scripts/reference.mjs from the `devDependencies` of the command.
import bash from '@vivarium/activator-bash';
import batch from '@vivarium/activator-batch';
import csh from '@vivarium/activator-csh';
import fish from '@vivarium/activator-fish';
import nushell from '@vivarium/activator-nushell';
import powershell from '@vivarium/activator-powershell';
import python from '@vivarium/activator-python';
import xonsh from '@vivarium/activator-xonsh';

/** In the order in which they are asked and listed. */
export const activators = {
  bash,
  batch,
  csh,
  fish,
  nushell,
  powershell,
  python,
  xonsh,
};
