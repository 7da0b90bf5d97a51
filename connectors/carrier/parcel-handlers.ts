import { parseAs } from '../../kernel/model/json-schema.ts';
import {
  buyLabel,
  trackParcel,
  voidLabel,
  type BuyLabel,
  type TrackParcel,
  type VoidedLabel,
  type VoidLabel,
} from '../../schema/commands/outbound-parcels.ts';
import type { CommandHandlers } from '../runtime/command-handler.ts';
import type { Carrier } from './port.ts';

/** What a carrier does when its queue says so, whatever its vendor. It knows a repetition by the key. */
export function parcelHandlers(carrier: Carrier): CommandHandlers {
  return {
    [buyLabel.name]: {
      perform: (payload, { key }) => {
        const { order: _order, ...label } = parseAs<BuyLabel>(buyLabel.request, payload, buyLabel.name);
        return carrier.buyLabel({ idempotencyKey: key, ...label });
      },
    },
    [voidLabel.name]: {
      perform: async (payload): Promise<VoidedLabel> => {
        const { label } = parseAs<VoidLabel>(voidLabel.request, payload, voidLabel.name);
        return { voided: await carrier.voidLabel(label) };
      },
    },
    [trackParcel.name]: {
      perform: (payload) => {
        const { order: _order, ...parcel } = parseAs<TrackParcel>(trackParcel.request, payload, trackParcel.name);
        return carrier.track(parcel);
      },
    },
  };
}
