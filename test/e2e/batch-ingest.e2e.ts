import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import type { HubClient, IngestMessage, IngestOutcome } from '../../scripts/client/hub-client.ts';
import { openBareHub, type BareHub } from '../harness/open-bare-hub.ts';
import { readPositions } from '../harness/read-state.ts';

/* Five thousand messages in one call, every third of them wrong in some way: each has its own outcome. */

const MESSAGES = 5_000;
const SOURCE = 'wms-batch';
const WAIT_MS = 10_000;
/** A busy machine takes its time for five thousand facts. */
const ATTEMPTS_MAX = 8;
const OCCURRED_AT = '2026-01-05T09:00:00.000Z';
type Line = { readonly lineId: string; readonly sku: string; readonly quantity: string; readonly unit?: string };

interface Kind {
  readonly name: string;
  message(eventId: string, index: number): IngestMessage;
  readonly outcome: IngestOutcome['outcome'];
  /** What became of it in the ledger; absent for what never comes there. */
  readonly state?: 'RECORDED' | 'PARTLY_RECORDED' | 'PARKED';
  /** The code of the line that waits. */
  readonly code?: string;
  /** Of the SKU `A` at `S1`, at once. */
  readonly units: number;
}

const line = (sku: string, quantity: string, more: Partial<Line> = {}): Line => ({
  lineId: '1',
  sku,
  quantity,
  ...more,
});

function receipt(eventId: string, lines: readonly Line[], location = 'S1'): IngestMessage {
  const data = { location, reference: eventId, lines };
  return { eventId, key: eventId, type: 'goods-received', occurredAt: OCCURRED_AT, data };
}

const sound = { outcome: 'ACCEPTED', state: 'RECORDED' } as const;
const waiting = { outcome: 'ACCEPTED', state: 'PARKED' } as const;
const refused = { outcome: 'QUARANTINED', units: 0 } as const;

const KINDS: readonly Kind[] = [
  { name: 'a receipt', ...sound, units: 2, message: (id) => receipt(id, [line('A', '2')]) },
  { name: 'a receipt in cases', ...sound, units: 12, message: (id) => receipt(id, [line('A', '1', { unit: 'CS' })]) },
  {
    name: 'a receipt of two lines of one SKU',
    ...sound,
    units: 3,
    message: (id) => receipt(id, [line('A', '1'), line('A', '2', { lineId: '2' })]),
  },
  {
    name: 'an adjustment',
    ...sound,
    units: -1,
    message: (eventId) => ({
      ...receipt(eventId, []),
      type: 'stock-adjusted',
      data: { location: 'S1', lines: [{ ...line('A', '-1'), reason: 'DAMAGE' }] },
    }),
  },
  {
    name: 'one with an unknown SKU',
    ...waiting,
    code: 'UNKNOWN_SKU',
    units: 0,
    message: (id) => receipt(id, [line('LATE', '1')]),
  },
  {
    name: 'one of whose lines the first is sound and the second is not',
    ...waiting,
    state: 'PARTLY_RECORDED',
    code: 'UNKNOWN_SKU',
    units: 1,
    message: (id) => receipt(id, [line('A', '1'), line('LATE', '1', { lineId: '2' })]),
  },
  {
    name: 'one for an unknown location',
    ...waiting,
    code: 'UNKNOWN_LOCATION',
    units: 0,
    message: (id) => receipt(id, [line('A', '1')], 'S-LATE'),
  },
  {
    name: 'one of half a unit',
    ...waiting,
    code: 'INVALID_QUANTITY',
    units: 0,
    message: (id) => receipt(id, [line('A', '0.5')]),
  },
  {
    name: 'one in a unit that the SKU has not',
    ...waiting,
    code: 'INVALID_QUANTITY',
    units: 0,
    message: (id) => receipt(id, [line('A', '1', { unit: 'PF' })]),
  },
  { name: 'one without lines', ...refused, message: (id) => receipt(id, []) },
  { name: 'one of no kind', ...refused, message: (id) => ({ ...receipt(id, [line('A', '1')]), type: 'moon-landed' }) },
  {
    name: 'one that the sender could not read',
    ...refused,
    message: (eventId) => ({ eventId, type: 'unreadable', reason: 'no price', raw: { row: 7 } }),
  },
  {
    name: 'the first one again',
    outcome: 'DUPLICATE',
    state: 'RECORDED',
    units: 0,
    message: () => firstMessage(),
  },
  {
    name: 'the first one with other content',
    outcome: 'CONFLICT',
    units: 0,
    message: (_id, index) => receipt(idOf(0), [line('A', String(index))]),
  },
];

function firstMessage(): IngestMessage {
  return receipt(idOf(0), [line('A', '2')]);
}

function idOf(index: number): string {
  return `batch-${index}`;
}

const SOUND = KINDS.filter(({ outcome, state }) => outcome === 'ACCEPTED' && state === 'RECORDED');
const MIX = [KINDS, SOUND, SOUND, SOUND, SOUND].flat();

const kindOf = (index: number): Kind => MIX[index % MIX.length] as Kind;
const BATCH: readonly IngestMessage[] = Array.from({ length: MESSAGES }, (_, index) => {
  return kindOf(index).message(idOf(index), index);
});
const unitsTold = BATCH.reduce((sum, _, index) => sum + kindOf(index).units, 0);
const waitingFor = (code: string): number => BATCH.filter((_, index) => kindOf(index).code === code).length;

let hub: BareHub;
let agent: HubClient;
let integrator: HubClient;

beforeAll(async () => {
  hub = await openBareHub();
  [agent, integrator] = await Promise.all([hub.as('agent'), hub.as('integrator')]);
  await integrator.ingest('master', [place('S1'), item('A')], { waitMs: WAIT_MS });
  await waitFor(isRegistered, 'the registrations');
});
afterAll(async () => {
  await hub?.[Symbol.asyncDispose]();
});

const place = (location: string): IngestMessage => ({
  eventId: `place-${location}`,
  type: 'location-recorded',
  occurredAt: OCCURRED_AT,
  data: { location, name: location, type: 'STORE', timeZone: 'Europe/London', capabilities: ['SHIP'] },
});

const item = (sku: string): IngestMessage => ({
  eventId: `item-${sku}`,
  type: 'item-recorded',
  occurredAt: OCCURRED_AT,
  data: {
    sku,
    title: sku,
    product: { id: sku, title: sku },
    baseUnit: 'EA',
    step: '1',
    tracking: 'NONE',
    conversions: [{ unit: 'CS', numerator: 12, denominator: 1 }],
    categories: [],
    attributes: [],
    lifecycle: 'ACTIVE',
    prices: [],
  },
});

async function isRegistered(): Promise<boolean> {
  const { skus } = await agent.graphql<{ skus: readonly unknown[] }>('{ skus(ids: ["A"]) { id } }');
  return skus[0] !== null;
}

async function stock(location: string, sku = 'A'): Promise<number | undefined> {
  const rows = await readPositions(agent, [location]).catch(() => []);
  const row = rows.find((each) => each.sku === sku);
  return row && Number(row.onHand);
}

const isPending = ({ ledger }: IngestOutcome): boolean => ledger?.state === 'PENDING';

async function patiently(condition: () => Promise<boolean>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await waitFor(condition);
      return;
    } catch (error) {
      if (attempt >= ATTEMPTS_MAX) throw error;
    }
  }
}

describe('a call of 5,000 messages', () => {
  let outcomes: readonly IngestOutcome[];
  beforeAll(async () => {
    outcomes = await integrator.ingest(SOURCE, BATCH, { waitMs: WAIT_MS });
  });

  test('answers for each of them, in their order', () => {
    expect(outcomes.map(({ eventId }) => eventId)).toEqual(BATCH.map(({ eventId }) => eventId));
    const told = outcomes.map(({ outcome }, index) => `${kindOf(index).name}: ${outcome}`);
    expect(told).toEqual(BATCH.map((_, index) => `${kindOf(index).name}: ${kindOf(index).outcome}`));
  });

  test('says of each fact what became of it in the ledger, and which of its lines wait for what', async () => {
    // The ledger may need longer than a call waits; whoever asks again is told what is settled by then.
    let settled = outcomes;
    for (let asked = 0; settled.some(isPending) && asked < ATTEMPTS_MAX; asked++) {
      settled = await integrator.ingest(SOURCE, BATCH, { waitMs: WAIT_MS });
    }
    const told = settled.map(({ ledger }, index) => {
      return [kindOf(index).name, ledger?.state, ledger?.parkedLines?.map(({ code }) => code).join()];
    });
    expect(told).toEqual(BATCH.map((_, index) => [kindOf(index).name, kindOf(index).state, kindOf(index).code]));
  });

  test('gives a reason for whatever was not accepted', () => {
    const without = outcomes.filter(({ outcome, reason }) => outcome === 'QUARANTINED' && !reason);
    expect(without).toEqual([]);
  });

  test('moves exactly what is sound, whatever stands beside it', async () => {
    expect(await stock('S1')).toBe(unitsTold);
  });

  test('changes nothing when it comes again', async () => {
    const again = await integrator.ingest(SOURCE, BATCH, { waitMs: WAIT_MS });
    const expected = {
      ACCEPTED: 'DUPLICATE',
      DUPLICATE: 'DUPLICATE',
      CONFLICT: 'CONFLICT',
      QUARANTINED: 'QUARANTINED',
    };
    expect(again.map(({ outcome }) => outcome)).toEqual(outcomes.map(({ outcome }) => expected[outcome]));
    expect(await stock('S1')).toBe(unitsTold);
  });

  test('gives what waited to the ledger by itself, each line once, when its code is registered', async () => {
    await integrator.ingest('master', [place('S-LATE'), item('LATE')]);
    await patiently(async () => {
      const late = [await stock('S1', 'LATE'), await stock('S-LATE')];
      return late[0] === waitingFor('UNKNOWN_SKU') && late[1] === waitingFor('UNKNOWN_LOCATION');
    });
    expect(await stock('S1')).toBe(unitsTold);
  });
});
