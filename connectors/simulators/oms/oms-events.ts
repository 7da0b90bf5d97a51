import { hmacSha256 } from '../runtime/hmac.ts';
import { NumberedEvents, type SignBody } from '../runtime/numbered-events.ts';
import type { SimulatorCore } from '../runtime/simulator.ts';
import type { OmsOrder, Part } from './routing-book.ts';

type OmsEventType =
  | 'units.allocated'
  | 'units.released'
  | 'units.picked'
  | 'units.withdrawn'
  | 'units.cancelled'
  | 'parcel.shipped'
  | 'parcel.delivered';

type OmsChangeType = 'order.amended' | 'order.replaced';

interface About {
  /** Null: wherever they are. */
  readonly node: string | null;
  readonly parts: readonly Part[];
  readonly reason?: string | null;
}

/** Every decision of the OMS and every step of its nodes, signed. */
export class OmsEvents extends NumberedEvents {
  constructor(core: SimulatorCore, numbersFrom: number) {
    super(core, { numbersFrom, sign });
  }

  /** About nothing it is silent. */
  tell(type: OmsEventType, { reference, channel }: OmsOrder, { node, parts, reason = null }: About): void {
    if (parts.length === 0) return;
    const parcel = parts[0]?.parcel ?? null;
    this.emit(type, {
      reference,
      channel,
      node,
      lines: parts.map(({ line, sku, quantity }) => ({ reference: line, sku, quantity: String(quantity) })),
      reason,
      parcel: parcel === null ? null : { id: parcel, carrier: 'meridian', tracking_number: parcel.toUpperCase() },
    });
  }

  /** A change of what was bought, and of nothing that is under way: that follows when the OMS is asked to. */
  tellChange(type: OmsChangeType, { reference, channel }: OmsOrder, change: Readonly<Record<string, unknown>>): void {
    this.emit(type, { reference, channel, ...change });
  }
}

const sign: SignBody = ({ secret, body }) => ({ 'x-oms-signature': hmacSha256(secret, body, 'hex') });
