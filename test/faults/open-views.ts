import type { HubClient } from '../../scripts/client/hub-client.ts';
import { readOrders, readPositions } from '../harness/read-state.ts';
import { COUNTER, SKUS } from '../harness/stock-world.ts';
import { CHANNEL, readAvailability } from './fault-world.ts';
import { MovingView } from './moving-view.ts';

/** A subscriber, and what a query says of the same. */
export interface FollowedTruth {
  readonly view: MovingView;
  readonly readTruth: (client: HubClient) => Promise<ReadonlyMap<string, string>>;
}

interface LineState {
  readonly state: string;
  readonly quantity: string;
}

const CHANGE = 'key version deleted';
const AVAILABILITY = `subscription ($after: ChangeCursor, $skus: [ID!]) {
  live: availabilityChanged(channel: "${CHANNEL}", skus: $skus, after: $after) {
    cursor reset changes { ${CHANGE} sku { id } available } } }`;
const POSITIONS = `subscription ($after: ChangeCursor) {
  live: positionChanged(location: "${COUNTER}", after: $after) {
    cursor reset changes { ${CHANGE} sku { id } onHand } } }`;
const ORDERS = `subscription ($after: ChangeCursor) {
  live: orderStatusChanged(channel: "${CHANNEL}", after: $after) {
    cursor reset changes { ${CHANGE} order { id } status lines { states { state quantity } } } } }`;

const stateOf = (status: string, lines: readonly { readonly states: readonly LineState[] }[]): string =>
  `${status} ${lines.flatMap(({ states }) => states.map(({ state, quantity }) => `${state} ${quantity}`)).join(', ')}`;

/** Two that begin at different gateways, and one of each other kind. */
export function openViews(gateways: readonly string[], token: string): readonly FollowedTruth[] {
  const common = { gateways, token };
  const availability = (gateway: number): FollowedTruth => {
    const options = {
      ...common,
      name: `availability ${gateway + 1}`,
      query: AVAILABILITY,
      variables: { skus: SKUS },
      valueOf: ({ available }: { readonly available: string }) => available,
    };
    return {
      view: new MovingView(options, gateway),
      readTruth: async (client) => {
        const truth = await readAvailability(client);
        return new Map([...truth].map(([sku, available]) => [`${sku}|${CHANNEL}`, String(available)]));
      },
    };
  };
  const positions: FollowedTruth = {
    view: new MovingView(
      {
        ...common,
        name: 'positions',
        query: POSITIONS,
        variables: {},
        valueOf: ({ onHand }: { readonly onHand: string }) => onHand,
      },
      0,
    ),
    readTruth: async (client) => {
      const rows = await readPositions(client, [COUNTER]);
      return new Map(rows.map(({ sku, location, onHand }) => [`${sku}|${location}`, onHand]));
    },
  };
  type OrderChange = { readonly status: string; readonly lines: readonly { readonly states: readonly LineState[] }[] };
  const orders: FollowedTruth = {
    view: new MovingView(
      {
        ...common,
        name: 'orders',
        query: ORDERS,
        variables: {},
        valueOf: ({ status, lines }: OrderChange) => stateOf(status, lines),
      },
      1,
    ),
    readTruth: async (client) => {
      const rows = await readOrders(client);
      // The sales of tills are orders of another channel.
      const own = rows.filter(({ channel }) => channel === CHANNEL);
      return new Map(own.map(({ id, status, lines }) => [id, stateOf(status, lines)]));
    },
  };
  return [availability(0), availability(1), positions, orders];
}
