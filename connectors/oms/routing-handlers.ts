import { parseAs } from '../../kernel/model/json-schema.ts';
import { routeOrder, type RouteOrder } from '../../schema/commands/outbound-routing.ts';
import { stopWork, type StoppedWork, type StopWork } from '../../schema/commands/outbound.ts';
import type { CommandHandlers } from '../runtime/command-handler.ts';
import type { Oms } from './port.ts';

/** What an OMS does when its queue says so, whatever its vendor. It knows a repetition by the order. */
export function routingHandlers(oms: Oms): CommandHandlers {
  return {
    [routeOrder.name]: {
      perform: (payload) => oms.route(parseAs<RouteOrder>(routeOrder.request, payload, routeOrder.name)),
    },
    [stopWork.name]: {
      perform: async (payload): Promise<StoppedWork> => {
        const { order, location } = parseAs<StopWork>(stopWork.request, payload, stopWork.name);
        return { stopped: await oms.stop(order, location) };
      },
    },
  };
}
