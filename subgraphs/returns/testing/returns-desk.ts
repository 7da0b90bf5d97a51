import { graphql } from 'graphql';
import type { Identity } from '../../../kernel/model/identity.ts';
import type { Platform } from '../../../kernel/ports/platform.ts';
import { FakeClock } from '../../../kernel/testing/fake-clock.ts';
import { openTestPlatform } from '../../../kernel/testing/open-test-platform.ts';
import { waitFor } from '../../../kernel/testing/wait-for.ts';
import type { EventDefinition } from '../../../schema/events/event-definition.ts';
import {
  announcedReturnReceived,
  returnAnnounced,
  returnRecorded,
  type ReturnRecorded,
} from '../../../schema/events/inbox.ts';
import { locationRegistered } from '../../../schema/events/inventory.ts';
import type { RegisterRefund } from '../../../schema/commands/orders.ts';
import { parcelReturning, refundChanged } from '../../../schema/events/orders.ts';
import { skuRegistered } from '../../../schema/events/products.ts';
import { publicationOf } from '../../../schema/events/publication.ts';
import { streamOf } from '../../../schema/events/subjects.ts';
import { openReturnsStore } from '../app/returns-store.ts';
import { createReturns, type ReturnsOptions } from '../main.ts';
import { InventoryInMemory } from './inventory-in-memory.ts';
import { OrdersInMemory, progressOf } from './orders-in-memory.ts';

const SCOPES = ['returns:request', 'returns:read', 'returns:handle'];

export const CUSTOMER: Identity = { subject: 'c1', clientId: 'shop', scopes: SCOPES, stores: [], customer: 'c1' };
export const OTHER_CUSTOMER: Identity = { ...CUSTOMER, subject: 'c2', customer: 'c2' };
export const STORE: Identity = { subject: 's1', clientId: 'store-app', scopes: SCOPES, stores: ['S1'] };
export const OTHER_STORE: Identity = { ...STORE, subject: 's2', stores: ['S2'] };
/** Staff of all stores, without the authority of an agent. */
export const ALL_STORES: Identity = { ...STORE, stores: '*' };
export const AGENT: Identity = { subject: 'ann', clientId: 'desk', scopes: [...SCOPES, 'orders:act'], stores: '*' };

const RETURN = `id number status customer order { id } location { id } openedAt
  lines { id sku { id } orderLine { id } quantity reason status condition disposition }
  refunds { id amount { amountMinor currencyCode } status replacedBy counter { reference } }
  charges { id amount { amountMinor } offset { amountMinor } status } exchange { id } start
  authorization { reasons decidedBy }`;

export interface SeenReturn {
  readonly id: string;
  readonly number: string;
  readonly status: string;
  readonly customer: string | null;
  readonly order: { readonly id: string } | null;
  readonly location: { readonly id: string } | null;
  readonly lines: readonly {
    readonly id: string;
    readonly status: string;
    readonly quantity: string;
    readonly orderLine: { readonly id: string } | null;
  }[];
  readonly refunds: readonly {
    readonly id: string;
    readonly amount: { readonly amountMinor: number };
    readonly status: string;
  }[];
  readonly charges: readonly { readonly id: string; readonly status: string }[];
}

export interface Answer {
  readonly return?: SeenReturn;
  readonly changeCursor?: string;
  /** The code of the refusal or obstacle. */
  readonly code?: string | undefined;
}

export type ReturnsDesk = Awaited<ReturnType<typeof openReturnsDesk>>;

/** The returns context on a platform of its own, with the owners of orders and stock as neighbours. */
export async function openReturnsDesk(options: ReturnsOptions = {}) {
  const clock = new FakeClock();
  const platform = await openTestPlatform({ clock });
  const orders = new OrdersInMemory();
  const inventory = new InventoryInMemory();
  orders.serve(platform.rpc);
  inventory.serve(platform.rpc);
  let returns = createReturns(platform, options);
  await returns.start();
  const store = await openReturnsStore(platform.documents);
  const told = tellerOf(platform);

  const ask = async (identity: Identity, source: string, variableValues: Record<string, unknown> = {}) => {
    const contextValue = returns.createContext({ identity, correlationId: 'test' });
    const { data, errors } = await graphql({ schema: returns.schema, source, contextValue, variableValues });
    const original = errors?.[0]?.originalError as { code?: string } | undefined;
    if (errors && original?.code === undefined) throw errors[0] as Error;
    return { data: JSON.parse(JSON.stringify(data ?? null)) as Record<string, never>, code: original?.code };
  };
  const mutate = async (identity: Identity, name: string, input: object): Promise<Answer> => {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    const source = `mutation ($input: ${type}!) { ${name}(input: $input) { return { ${RETURN} } changeCursor } }`;
    const { data, code } = await ask(identity, source, { input });
    return { ...(data as Record<string, Answer> | null)?.[name], code };
  };
  const see = async (id: string, identity: Identity = AGENT): Promise<SeenReturn | null> =>
    (await ask(identity, `query ($id: ID!) { return(id: $id) { ${RETURN} } }`, { id })).data['return'] ?? null;

  const desk = {
    clock,
    platform,
    orders,
    inventory,
    store,
    ask,
    mutate,
    see,
    ...told,
    /** As after the end of a process: what was under way is taken up from the documents. */
    restart: async () => {
      await returns.stop();
      returns = createReturns(platform, options);
      await returns.start();
    },
    /** Lets time pass until the condition holds, so that what waits is tried again. */
    passUntil: <Result>(condition: () => Promise<Result>, what: string) =>
      waitFor(async () => {
        const result = await condition();
        if (!result) clock.advance(1_000);
        return result;
      }, what),
    close: async () => {
      await returns.stop();
      await platform.close();
    },
  };
  await desk.registerSku('A1');
  await desk.registerLocation('S1');
  await desk.registerLocation('S2');
  await waitFor(async () => (await store.locations.get('S2')) && (await store.skus.get('A1')), 'the registrations');
  return desk;
}

function tellerOf(platform: Platform) {
  const tell = async (
    definition: EventDefinition,
    key: string,
    data: object,
    source = { system: 'pos', eventId: '' },
  ) => {
    const id = platform.ids.next();
    const nowMs = platform.clock.nowMs();
    const { stream, subject, envelope } = publicationOf(definition, {
      id,
      key,
      source: { system: source.system, eventId: source.eventId || id },
      occurredAtMs: nowMs,
      recordedAtMs: nowMs,
      correlationId: id,
      data,
    });
    await platform.streams.publish(stream, subject, envelope);
    return id;
  };
  return {
    registerSku: (sku: string, step = '1') =>
      tell(skuRegistered, sku, { sku, baseUnit: 'EA', step, tracking: 'NONE', categories: [] }),
    registerLocation: (location: string, capabilities = ['RETURN']) =>
      tell(locationRegistered, location, { location, name: location, type: 'STORE', timeZone: 'UTC', capabilities }),
    recordReturn: (differing: Partial<ReturnRecorded> = {}, eventId = '') => {
      const fact: ReturnRecorded = {
        channel: 'POS',
        externalId: 'T-1',
        location: 'S1',
        currency: 'GBP',
        lines: [{ lineId: '1', sku: 'A1', quantity: '2', unitPriceMinor: 250, reason: 'UNWANTED' }],
        charges: [],
        refunds: [],
        ...differing,
      };
      return tell(returnRecorded, fact.externalId, fact, { system: 'pos', eventId });
    },
    announceReturn: (quantity: string, eventId: string) =>
      tell(
        returnAnnounced,
        'W-1',
        {
          channel: 'MARKET',
          externalId: 'MR-1',
          original: { channel: 'WEB', externalId: 'W-1' },
          lines: [{ sku: 'A1', quantity, reason: 'UNWANTED' }],
        },
        { system: 'market', eventId },
      ),
    /** A carrier brings a parcel with these units back. */
    bringParcelBack: (shipment: string, quantity: string) => {
      const lines = [{ orderLine: 'ol1', sku: 'A1', quantity }];
      return tell(parcelReturning, 'o1', { order: 'o1', shipment, location: 'S2', lines });
    },
    receiveAnnounced: (id: string, quantity: string, eventId = '') =>
      tell(
        announcedReturnReceived,
        id,
        { return: id, location: 'S2', lines: [{ lineId: '1', sku: 'A1', quantity }] },
        { system: 'wms', eventId },
      ),
    /** Orders tells what became of a refund that it was asked for. */
    tellRefund: (
      { commandId, order, return: id, amount }: RegisterRefund,
      member: 'succeededMinor' | 'failedMinor' | 'reversedMinor',
    ) => tell(refundChanged, order, { order, return: id, commandId, ...progressOf(member, amount.amountMinor) }),
    /** Events of returns so far, in order. */
    published: async () => {
      await platform.documents.flushOutbox();
      return (await platform.streams.read(streamOf('returns'), 0, 1_000)).map(({ envelope }) => ({
        type: envelope.type,
        data: envelope.data as Record<string, unknown>,
      }));
    },
  };
}
