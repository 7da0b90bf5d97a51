import { beforeEach, describe, expect, test } from '@jest/globals';
import { Obstacle } from '../../kernel/model/errors.ts';
import type { Identity } from '../../kernel/model/identity.ts';
import type { CollectionDefinition } from '../../kernel/ports/documents.ts';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { eraseCommands, eraseCustomer } from '../../schema/commands/erasure.ts';
import { erasePersonalData } from '../../schema/commands/inbox.ts';
import { storeSaleRecorded, type StoreSaleRecorded } from '../../schema/events/inbox.ts';
import { rpcSubjectOf } from '../../schema/events/subjects.ts';
import { ROLES } from '../../schema/scopes.ts';
import { CUSTOMER_REFERENCES } from './app/customers/customer-references.ts';
import { ERASURES } from './app/erasure/erasure-book.ts';
import { ORDERS } from './app/order-store.ts';
import { PARKED_FACTS } from './app/parked-facts.ts';
import { DECISIONS } from './app/sourcing/decision-store.ts';
import { CANCEL, ONE, PLACE } from './testing/documents.ts';
import { AGENT, ANN, type Scene } from './testing/open-scene.ts';
import { useScenes } from './testing/use-scenes.ts';

const openScene = useScenes();

const OPERATOR: Identity = { subject: 'ops', clientId: 'desk', scopes: ROLES.operator, stores: '*' };
const ERASE = `mutation ($input: EraseCustomerInput!) {
  eraseCustomer(input: $input) { erasure isComplete erasedOrders openOrders openReturns }
}`;
const LINK = 'mutation ($input: CustomerReferenceInput!) { linkCustomer(input: $input) { customer { reference } } }';
const SEARCH = `query ($text: String!) { orderSearch(first: 20, filter: { text: $text }) { totalCount } }`;
const SHIP_TO = { name: 'Ann Miller', street: '2 Low Road', city: 'York', postalCode: 'YO1 1AA', country: 'GB' };
const ADDRESSES = { name: 'orders-addresses', indexes: [] };
const COLLECTIONS = [ORDERS, ADDRESSES, CUSTOMER_REFERENCES, DECISIONS, ERASURES, PARKED_FACTS];

/** The contexts that keep a part of it, as orders sees them. */
class Others {
  areUp = true;
  openReturns = 0;
  readonly asked: unknown[] = [];

  serve({ platform: { rpc } }: Scene): void {
    for (const { context, name } of [eraseCommands, eraseCustomer, erasePersonalData]) {
      rpc.serve(rpcSubjectOf(context, name), async ({ payload }) => {
        if (!this.areUp) throw new Obstacle('CONTEXT_UNAVAILABLE', 'It is away.');
        this.asked.push(payload);
        if (name === eraseCommands.name) return { erased: 0 };
        return name === eraseCustomer.name ? { erased: 0, open: this.openReturns } : { messages: 0 };
      });
    }
  }
}

describe('a customer who is to be forgotten', () => {
  let scene: Scene;
  let others: Others;

  beforeEach(async () => {
    scene = await openScene({ erasurePollMs: 10 });
    others = new Others();
    others.serve(scene);
  });

  async function place(externalId: string): Promise<string> {
    const input = {
      channel: 'WEB',
      externalId,
      shipTo: SHIP_TO,
      destination: { country: 'GB', postalCode: SHIP_TO.postalCode },
      lines: [{ sku: 'MUG', quantity: '1', unitPriceMinor: 100 }],
      tenders: [{ tender: 'CARD', amountMinor: 100 }],
    };
    const { data, errors } = await scene.ask(ANN, PLACE, { input });
    expect(errors).toEqual([]);
    return data.placeOrder.order.id as string;
  }

  const read = async (id: string) => (await scene.ask(AGENT, ONE, { id })).data.order;

  async function callOff(id: string): Promise<void> {
    expect((await scene.ask(ANN, CANCEL, { input: { order: id } })).errors).toEqual([]);
    await waitFor(async () => (await documents(ORDERS)).some((each) => each.id === id && each.pending.length === 0));
    await waitFor(async () => (await read(id)).status === 'CANCELLED', 'the end of the order');
  }

  async function erase(input: object = {}) {
    const asked = { customer: 'ann', texts: ['Miller'], reason: 'A request by letter.', ...input };
    const { data, errors } = await scene.ask(OPERATOR, ERASE, { input: asked });
    expect(errors).toEqual([]);
    return data.eraseCustomer;
  }

  async function documents(definition: CollectionDefinition) {
    const collection = await scene.platform.documents.collection(definition);
    // oxlint-disable-next-line typescript/no-explicit-any -- documents of several kinds
    return (await collection.find({ limit: 100 })).map(({ document }) => document as any);
  }

  async function everything(): Promise<string> {
    return JSON.stringify(await Promise.all(COLLECTIONS.map(documents)));
  }

  const countOf = async (text: string): Promise<number> =>
    (await scene.ask(AGENT, SEARCH, { text })).data.orderSearch.totalCount as number;

  test('is taken out of what has ended at once, and out of the rest when it has, also after a restart', async () => {
    const over = await place('W-1');
    await callOff(over);
    const underWay = await place('W-2');
    const input = { customer: 'ann', system: 'crm', reference: 'Miller-7' };
    expect((await scene.ask(AGENT, LINK, { input })).errors).toEqual([]);
    await waitFor(async () => (await read(underWay)).lines[0].states[0].state === 'RELEASED', 'the work');
    const first = await erase();
    expect(first).toMatchObject({ isComplete: false, erasedOrders: 1, openOrders: 1, openReturns: 0 });
    expect(await read(over)).toMatchObject({ customer: first.erasure, externalId: 'W-1', status: 'CANCELLED' });
    expect((await read(underWay)).customer).toBe('ann');
    for (const asked of [
      { order: over },
      { customer: 'ann', orders: [], pseudonym: first.erasure },
      { text: 'ann', isWhole: true },
      { text: 'Miller' },
    ]) {
      expect(others.asked).toContainEqual(asked);
    }
    expect(others.asked).not.toContainEqual({ order: underWay });
    await scene.restart();
    await callOff(underWay);
    await waitFor(async () => (await read(underWay)).customer === first.erasure, 'the rest');
    await waitFor(async () => (await documents(ERASURES))[0]?.state === 'DONE', 'the end');
    const left = await everything();
    for (const secret of ['"ann"', 'Miller', 'Low Road', 'YO1']) expect(left).not.toContain(secret);
    await waitFor(async () => (await countOf('ann')) + (await countOf('yo1')) === 0, 'the search to forget as well');
    expect(await countOf('W-1')).toBe(1);
    const { errors } = await scene.ask(ANN, ONE, { id: over });
    expect(errors.length > 0 || (await scene.ask(ANN, ONE, { id: over })).data.order === null).toBe(true);
    expect(await erase()).toMatchObject({ isComplete: true, erasedOrders: 0, openOrders: 0 });
  });

  test('is waited for while others are away or have returns of theirs under way', async () => {
    await callOff(await place('W-1'));
    others.areUp = false;
    expect(await erase()).toMatchObject({ isComplete: false, erasedOrders: null });
    others.openReturns = 1;
    others.areUp = true;
    await waitFor(() => others.asked.length > 0, 'the next look');
    expect(await documents(ERASURES)).toMatchObject([{ state: 'OPEN', customer: 'ann' }]);
    others.openReturns = 0;
    await waitFor(async () => (await documents(ERASURES))[0]?.state === 'DONE', 'the end');
    expect(await documents(ERASURES)).toMatchObject([{ by: 'desk/ops', reason: 'A request by letter.' }]);
  });

  test('is forgotten whole, whichever write a process dies with', async () => {
    for (const isDurable of [true, false]) {
      for (let at = 1; at <= 6; at++) {
        const id = await place(`W-${at}-${String(isDurable)}`);
        await callOff(id);
        const input = { customer: 'ann', system: 'crm', reference: `Miller-${at}` };
        expect((await scene.ask(AGENT, LINK, { input })).errors).toEqual([]);
        scene.fate.dieAt(scene.fate.writes + at, isDurable);
        await scene.ask(OPERATOR, ERASE, { input: { customer: 'ann', reason: 'r' } });
        await scene.restart();
        if (!(await everything()).includes('"state":"OPEN"')) await erase();
        await waitFor(async () => !(await everything()).includes('"ann"'), `the end after write ${at}`);
        const entries = (await read(id)).timeline.edges.map(({ node }: { node: { type: string } }) => node.type);
        expect(entries.filter((type: string) => type === 'PERSONAL_DATA_ERASED')).toHaveLength(1);
      }
    }
  });

  test('is one whose order waits to be taken in, until it was', async () => {
    const sale: StoreSaleRecorded = {
      channel: 'STORE:LONDON',
      externalId: 'R-1',
      location: 'LONDON',
      currency: 'GBP',
      customer: 'ann',
      lines: [{ lineId: '1', sku: 'VASE', quantity: '1', unitPriceMinor: 100 }],
      charges: [],
      tenders: [{ tender: 'CASH', amountMinor: 100 }],
    };
    await scene.tell(storeSaleRecorded, sale);
    await waitFor(() => scene.telemetry.total('orders_facts_parked_total') === 1, 'the unknown SKU');
    expect(await erase()).toMatchObject({ isComplete: false, openOrders: 1 });
  });

  test('is named, or orders are, and only by whoever runs the hub', async () => {
    const codeOf = async (identity: Identity, input: object) =>
      (await scene.ask(identity, ERASE, { input })).errors[0]?.extensions.code;
    expect(await codeOf(OPERATOR, { reason: 'r' })).toBe('BAD_USER_INPUT');
    expect(await codeOf(OPERATOR, { customer: 'ann', reason: '' })).toBe('BAD_USER_INPUT');
    expect(await codeOf(OPERATOR, { customer: 'ann', texts: ['x'], reason: 'r' })).toBe('BAD_USER_INPUT');
    const id = await place('W-1');
    await callOff(id);
    expect(await erase({ customer: null, orders: [id] })).toMatchObject({ isComplete: true, erasedOrders: 1 });
    expect((await read(id)).customer).toMatch(/^erased-/);
  });
});
