import { createClient, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { HubClient } from '../../client/hub-client.ts';

/** The store app of one store: follows its work live and does it. */
export interface StoreApp {
  close(): Promise<void>;
}

const WORK = /* GraphQL */ `
  subscription Work($location: ID!, $after: ChangeCursor) {
    orderStatusChanged(location: $location, after: $after) {
      cursor
      changes {
        order {
          id
        }
        lines {
          location
          states {
            state
          }
        }
      }
    }
  }
`;

const FULFIL = /* GraphQL */ `
  mutation Fulfil($input: FulfilOrderInput!) {
    fulfilOrder(input: $input) {
      order {
        id
      }
    }
  }
`;

/** What a store does next with units in a state. */
const NEXT_STEP: Readonly<Record<string, string>> = {
  RELEASED: 'PICK',
  PICKED: 'PACK',
  PACKED: 'SHIP',
  SHIPPED: 'DELIVER',
};

interface Frame {
  readonly orderStatusChanged: {
    readonly cursor: string;
    readonly changes: readonly {
      readonly order: { readonly id: string };
      readonly lines:
        readonly { readonly location: string | null; readonly states: readonly { readonly state: string }[] }[] | null;
    }[];
  };
}

interface StoreAppOptions {
  readonly location: string;
  /** A token of this store. */
  readonly token: string;
  readonly hub: HubClient;
  /** How long a step takes. */
  readonly stepMs: number;
  readonly tell: (sentence: string) => void;
}

export function openStoreApp(options: StoreAppOptions): StoreApp {
  const { location, token, hub } = options;
  const url = new URL('/graphql', hub.url.replace(/^http/, 'ws')).href;
  const client: Client = createClient({
    url,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${token}` },
    retryAttempts: Number.POSITIVE_INFINITY,
  });
  const variables: { location: string; after?: string } = { location };
  const begun = new Set<string>();
  const stop = client.subscribe<Frame>(
    { query: WORK, variables },
    {
      next: ({ data }) => {
        if (!data) return;
        // A reconnect sends the variables as they are then, and so goes on where it was.
        variables.after = data.orderStatusChanged.cursor;
        for (const change of data.orderStatusChanged.changes) workOn(change, begun, options);
      },
      error: (error) => options.tell(`The store app of ${location} lost its work list: ${JSON.stringify(error)}`),
      complete: () => undefined,
    },
  );
  return {
    close: async () => {
      stop();
      await client.dispose();
    },
  };
}

/** `begun` remembers the steps, because an order changes for other reasons too. */
function workOn(
  change: Frame['orderStatusChanged']['changes'][number],
  begun: Set<string>,
  options: StoreAppOptions,
): void {
  const { location, hub, stepMs, tell } = options;
  const states = change.lines?.filter((line) => line.location === location).flatMap((line) => line.states) ?? [];
  const steps = new Set(states.flatMap(({ state }) => NEXT_STEP[state] ?? []));
  for (const step of steps) {
    const idempotencyKey = `${change.order.id}/${step}`;
    if (begun.has(idempotencyKey)) continue;
    begun.add(idempotencyKey);
    const input = { order: change.order.id, location, step, idempotencyKey };
    setTimeout(() => {
      hub.graphql(FULFIL, { input }).then(
        () => tell(`${location} did ${step} for order ${change.order.id}`),
        (error: unknown) => tell(`${location} could not do ${step} for order ${change.order.id}: ${String(error)}`),
      );
    }, stepMs).unref();
  }
}
