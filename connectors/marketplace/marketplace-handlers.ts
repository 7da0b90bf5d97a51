import { parseAs } from '../../kernel/model/json-schema.ts';
import {
  acknowledgeOrder,
  offerStock,
  tellCancellation,
  tellShipment,
  type AcknowledgeOrder,
  type OfferStock,
  type TellCancellation,
  type TellShipment,
} from '../../schema/commands/outbound-marketplace.ts';
import type { CommandHandlers } from '../runtime/command-handler.ts';
import type { Marketplace } from './port.ts';

/** What a marketplace is told when its queue says so, whatever its vendor. It knows a repetition by the key. */
export function marketplaceHandlers(marketplace: Marketplace): CommandHandlers {
  return {
    [acknowledgeOrder.name]: {
      perform: (payload, { key }) => {
        const told = parseAs<AcknowledgeOrder>(acknowledgeOrder.request, payload, acknowledgeOrder.name);
        return marketplace.acknowledge({ idempotencyKey: key, ...withoutOrder(told) });
      },
    },
    [tellCancellation.name]: {
      perform: (payload, { key }) => {
        const told = parseAs<TellCancellation>(tellCancellation.request, payload, tellCancellation.name);
        return marketplace.cancel({ idempotencyKey: key, ...withoutOrder(told) });
      },
    },
    [tellShipment.name]: {
      perform: (payload, { key }) => {
        const told = parseAs<TellShipment>(tellShipment.request, payload, tellShipment.name);
        return marketplace.confirmShipment({ idempotencyKey: key, ...withoutOrder(told) });
      },
    },
    [offerStock.name]: {
      perform: async (payload) => {
        await marketplace.offerStock(parseAs<OfferStock>(offerStock.request, payload, offerStock.name));
        return {};
      },
    },
  };
}

function withoutOrder<Told extends { readonly order: string }>({ order: _order, ...told }: Told): Omit<Told, 'order'> {
  return told;
}
