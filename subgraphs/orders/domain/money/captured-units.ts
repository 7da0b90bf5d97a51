import type { Steps } from '../../../../kernel/model/quantity.ts';
import type { Units } from '../units.ts';

/** Units that nothing is claimed for yet. */
export const capturedUnits = (quantity: Steps): Units => [{ state: 'CAPTURED', location: null, quantity }];
