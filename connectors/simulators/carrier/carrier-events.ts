import { hmacSha256 } from '../runtime/hmac.ts';
import { NumberedEvents, type SignBody } from '../runtime/numbered-events.ts';
import type { SimulatorCore } from '../runtime/simulator.ts';
import { trackerObject, type Parcel } from './parcel-book.ts';

/** Every scan of a parcel, signed. */
export class CarrierEvents extends NumberedEvents {
  constructor(core: SimulatorCore, numbersFrom: number) {
    super(core, { numbersFrom, sign });
  }

  tell(parcel: Parcel): void {
    this.emit('tracker.updated', { tracker: trackerObject(parcel) });
  }
}

const sign: SignBody = ({ secret, body }) => ({
  'x-hmac-signature': `hmac-sha256-hex=${hmacSha256(secret, body, 'hex')}`,
});
