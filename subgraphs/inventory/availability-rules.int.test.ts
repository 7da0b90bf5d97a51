import { afterEach, describe, expect, test } from '@jest/globals';
import type { Identity } from '../../kernel/model/identity.ts';
import { ROLES } from '../../schema/scopes.ts';
import { feedHeartbeatRecorded, goodsReceived } from '../../schema/events/inbox.ts';
import { InventoryBench } from './testing/inventory-bench.ts';

const opened: InventoryBench[] = [];

async function open(options: Parameters<typeof InventoryBench.open>[0] = {}): Promise<InventoryBench> {
  const bench = await InventoryBench.open(options);
  opened.push(bench);
  const lines = [{ lineId: '1', sku: 'A', quantity: '10' }];
  for (const location of ['S1', 'S2']) await bench.publish(goodsReceived, { location, reference: 'po', lines });
  await bench.until(async () => (await bench.available()) === '20', 'the stock');
  return bench;
}

afterEach(async () => {
  for (const bench of opened.splice(0)) await bench.close();
});

const change = (rules: string, { key = 'k', more = '' } = {}) =>
  `mutation { changeAvailabilityRules(input: { idempotencyKey: "${key}", ${more} rules: [${rules}] }) {
    version { number changedBy isEffective } effectiveAt
    impact { changes { sku { id } channel { id } before after } changedCount fallenCount soldOutCount isComplete } } }`;

const THRESHOLD = '{ kind: THRESHOLD, channel: "WEB", quantity: "5" }';

describe('availability rules over the graph', () => {
  test('a dry run changes nothing and says what the change then does', async () => {
    const bench = await open();
    const { epoch, seq } = await bench.changesSince('availability-changed', {});
    const dry = await bench.query(change(THRESHOLD, { more: 'dryRun: true,' }));
    expect(dry).toMatchObject({
      data: {
        changeAvailabilityRules: {
          version: null,
          impact: { changes: [{ sku: { id: 'A' }, channel: { id: 'WEB' }, before: '20', after: '15' }] },
        },
      },
    });
    expect((await bench.changesSince('availability-changed', {}, { epoch, seq })).seq).toBe(seq);
    const real = await bench.query(change(THRESHOLD));
    const told = (result: typeof dry) =>
      (result.data?.['changeAvailabilityRules'] as { impact: object } | undefined)?.impact;
    expect(told(real)).toEqual(told(dry));
    expect(real).toMatchObject({
      data: { changeAvailabilityRules: { version: { number: 1, changedBy: 'console/op' } } },
    });
    expect(await bench.available()).toBe('15');
    expect((await bench.query(change(THRESHOLD))).data).toEqual(real.data);
    expect(await bench.codeOf(change(THRESHOLD.replace('5', '6')))).toBe('IDEMPOTENCY_KEY_REUSED');
  });

  test('a change is published for what really changed, and for nothing else', async () => {
    const bench = await open();
    await bench.registerSku('B');
    await bench.until(() => bench.held('availability-changed').get('B|WEB'), 'the other SKU');
    bench.messages.length = 0;
    await bench.query(change('{ kind: SAFETY_QUANTITY, location: "S1", quantity: "4" }'));
    await bench.until(() => bench.messages.length > 0, 'the change');
    expect(bench.messages.flatMap(({ records }) => records)).toMatchObject([
      { event: 'availability-changed', key: 'A|WEB', value: { available: '16' } },
      { event: 'node-availability-changed', key: 'A|S1|WEB', value: { available: '6' } },
    ]);
  });

  test('a change for more SKUs than are computed again is told as a gap, which continuing repairs', async () => {
    const bench = await open({ limits: { recomputedSkusMax: 1 } });
    await bench.registerSku('B');
    await bench.until(() => bench.held('availability-changed').get('B|WEB'), 'the other SKU');
    const { epoch, seq } = await bench.changesSince('availability-changed', {});
    bench.messages.length = 0;
    await bench.query(change(THRESHOLD));
    const message = await bench.until(() => bench.messages.find((told) => told.seq > seq), 'the gap');
    expect(message).toMatchObject({ records: [], prevSeq: message.seq });
    const { records } = await bench.changesSince('availability-changed', { sku: ['A'] }, { epoch, seq });
    expect(records).toMatchObject([{ key: 'A|WEB', value: { available: '15' } }]);
  });

  test('a later change takes effect by itself at its time, also after a crash, and tells so', async () => {
    const bench = await open();
    const effectiveAt = new Date(bench.clock.nowMs() + 3_600_000).toISOString();
    const planned = await bench.query(change(THRESHOLD, { more: `effectiveAt: "${effectiveAt}",` }));
    expect(planned).toMatchObject({
      data: { changeAvailabilityRules: { effectiveAt, version: { isEffective: false }, impact: { changedCount: 1 } } },
    });
    expect(await bench.available()).toBe('20');
    const ask = (at: string) => `{ availabilityRules(channel: "WEB", at: "${at}") { kind quantity version } }`;
    expect((await bench.query(ask(effectiveAt))).data).toEqual({
      availabilityRules: [{ kind: 'THRESHOLD', quantity: '5', version: 1 }],
    });
    expect((await bench.query('{ availabilityRules(channel: "WEB") { kind } }')).data).toEqual({
      availabilityRules: [],
    });
    await bench.killAndStart();
    bench.messages.length = 0;
    bench.clock.advance(3_600_000);
    await bench.until(async () => (await bench.available()) === '15', 'the rule');
    await bench.until(() => bench.held('availability-changed').get('A|WEB')?.value['available'] === '15', 'the feed');
  });

  test('a later change can be withdrawn until its time, and says who did so and why', async () => {
    const bench = await open();
    const effectiveAt = new Date(bench.clock.nowMs() + 3_600_000).toISOString();
    await bench.query(change(THRESHOLD, { more: `effectiveAt: "${effectiveAt}",` }));
    const withdraw = (key: string, version = 1) =>
      `mutation { withdrawAvailabilityRules(input: { idempotencyKey: "${key}", version: ${version}, reason: "No." }) {
        version { number isEffective effectiveAt withdrawal { withdrawnBy withdrawnAt reason } } changeCursor } }`;
    const store: Identity = { subject: 's', clientId: 'app', scopes: ROLES.store, stores: '*' };
    expect(await bench.codeOf(withdraw('w'), store)).toBe('FORBIDDEN');
    const withdrawnAt = new Date(bench.clock.nowMs()).toISOString();
    const withdrawal = { withdrawnBy: 'console/op', withdrawnAt, reason: 'No.' };
    const done = await bench.query(withdraw('w'));
    expect(done).toMatchObject({
      data: {
        withdrawAvailabilityRules: { version: { number: 1, isEffective: false, effectiveAt, withdrawal } },
      },
    });
    expect(await bench.query(withdraw('w'))).toMatchObject({
      data: { withdrawAvailabilityRules: { version: { withdrawal } } },
    });
    expect(await bench.codeOf(withdraw('again'))).toBe('RULE_VERSION_NOT_PLANNED');
    const ask = `{ availabilityRules(channel: "WEB", at: "${effectiveAt}") { kind } }`;
    expect((await bench.query(ask)).data).toEqual({ availabilityRules: [] });
    await bench.killAndStart();
    bench.clock.advance(3_600_000);
    await bench.query(change('{ kind: CAP, quantity: "18" }', { key: 'cap' }));
    expect(await bench.available()).toBe('18');
    const { data } = await bench.query(
      '{ availabilityRuleVersions { edges { node { number isEffective withdrawal { reason } } } } }',
    );
    expect(data).toMatchObject({
      availabilityRuleVersions: {
        edges: [
          { node: { number: 2, isEffective: true, withdrawal: null } },
          { node: { number: 1, isEffective: false, withdrawal: { reason: 'No.' } } },
        ],
      },
    });
    expect(await bench.codeOf(withdraw('late', 2))).toBe('RULE_VERSION_NOT_PLANNED');
  });

  test('versions say who changed what and when, page by page', async () => {
    const bench = await open();
    for (const quantity of ['1', '2', '3']) {
      await bench.query(change(`{ kind: CAP, sku: "A", quantity: "${quantity}" }`, { key: quantity }));
    }
    await bench.query(change('{ kind: CAP, sku: "A", isRemoved: true }', { key: 'away' }));
    const page = (after = '') =>
      bench.query(`{ availabilityRuleVersions(first: 3${after}) { edges { cursor node { number changedBy recordedAt
        rules { kind sku quantity isRemoved } } } pageInfo { hasNextPage endCursor } } }`);
    const { data } = await page();
    const first = data?.['availabilityRuleVersions'] as { edges: { node: object }[]; pageInfo: { endCursor: string } };
    expect(first.edges.map(({ node }) => node)).toMatchObject([
      { number: 4, rules: [{ kind: 'CAP', sku: 'A', quantity: null, isRemoved: true }] },
      { number: 3, changedBy: 'console/op', rules: [{ quantity: '3', isRemoved: false }] },
      { number: 2 },
    ]);
    expect((await page(`, after: "${first.pageInfo.endCursor}"`)).data).toMatchObject({
      availabilityRuleVersions: { edges: [{ node: { number: 1 } }], pageInfo: { hasNextPage: false } },
    });
  });

  test('a refusal names its rule, also in a dry run, and changes nothing', async () => {
    const bench = await open();
    const wrong = `${THRESHOLD}, { kind: CAP, sku: "A", quantity: "1.5" }`;
    for (const more of ['', 'dryRun: true,']) {
      const { errors } = await bench.query(change(wrong, { more, key: `k${more.length}` }));
      expect(errors?.[0]?.originalError).toMatchObject({ code: 'INVALID_QUANTITY', details: { rule: 1 } });
    }
    expect(await bench.available()).toBe('20');
  });

  test('is for those who may write rules', async () => {
    const bench = await open();
    const store: Identity = { subject: 's', clientId: 'app', scopes: ROLES.store, stores: '*' };
    for (const more of ['', 'dryRun: true,'])
      expect(await bench.codeOf(change(THRESHOLD, { more }), store)).toBe('FORBIDDEN');
  });

  test('come back from the log and from a snapshot as they were', async () => {
    const bench = await open();
    const policy = '{ kind: SELL_POLICY, sku: "A", sellPolicy: { mode: BACKORDER, limit: "3" } }';
    await bench.query(change(`${THRESHOLD}, ${policy}`));
    const ask = `{ availabilityRules(sku: "A", channel: "WEB") { kind quantity sellPolicy { mode limit horizonMs } } }`;
    const before = await bench.query(ask);
    expect(before.data?.['availabilityRules']).toHaveLength(2);
    await bench.killAndStart();
    expect((await bench.query(ask)).data).toEqual(before.data);
    await bench.stop();
    await bench.start();
    expect((await bench.query(ask)).data).toEqual(before.data);
  });
});

describe('a sell policy over the graph', () => {
  test('sells beyond stock, says what is owed, and covers it by itself when stock comes', async () => {
    const bench = await open();
    await bench.query(change('{ kind: SELL_POLICY, sku: "A", sellPolicy: { mode: BACKORDER, limit: "3" } }'));
    const { data } = await bench.query(`mutation { reserveStock(input: { idempotencyKey: "r", channel: "WEB",
      lines: [{ sku: "A", quantity: "22" }] }) { reservations { id quantity backordered } } }`);
    expect(data).toMatchObject({ reserveStock: { reservations: [{ quantity: '22', backordered: '2' }] } });
    expect(await bench.available()).toBe('1');
    const { id } = (data as { reserveStock: { reservations: { id: string }[] } }).reserveStock.reservations[0] ?? {
      id: '',
    };
    await bench.killAndStart();
    const lines = [{ lineId: '1', sku: 'A', quantity: '5' }];
    await bench.publish(goodsReceived, { location: 'S2', reference: 'po', lines });
    const owed = async () => {
      const found = await bench.query(`{ reservation(id: "${id}") { backordered } }`);
      return (found.data as { reservation: { backordered: string } }).reservation.backordered;
    };
    await bench.until(async () => (await owed()) === '0', 'the coverage');
    expect(await bench.available()).toBe('6');
  });
});

describe('the feed of a location over the graph', () => {
  const FEED = '{ location(id: "S1") { feed { system staleAfterMs heardAt staleFrom } } }';
  const staleness = async (bench: InventoryBench) => {
    const { data } = await bench.query(FEED);
    return (data as { location: { feed: { staleFrom: string | null } | null } }).location.feed?.staleFrom;
  };

  test('becomes stale by itself, keeps back its buffer, and is fresh again with a heartbeat', async () => {
    const bench = await open();
    await bench.query(change('{ kind: STALE_BUFFER, location: "S1", quantity: "3" }'));
    const set =
      'mutation { setLocationFeed(input: { location: "S1", system: "pos", staleAfterMs: 60000 }) { location { id } } }';
    expect((await bench.query(set)).errors).toBeUndefined();
    expect(await staleness(bench)).toBeNull();
    bench.messages.length = 0;
    bench.clock.advance(60_000);
    await bench.until(async () => (await bench.available()) === '17', 'the staleness');
    await bench.until(() => bench.held('availability-changed').get('A|WEB')?.value['available'] === '17', 'the feed');
    expect(await staleness(bench)).not.toBeNull();
    const { data } = await bench.query(
      '{ availability(skus: ["A"], channel: "WEB") { terms { kind location { id } quantity changedAt } } }',
    );
    const terms = (data as { availability: { terms: { kind: string }[] }[] }).availability[0]?.terms;
    expect(terms?.find(({ kind }) => kind === 'STALE_BUFFER')).toMatchObject({
      location: { id: 'S1' },
      quantity: '-3',
      changedAt: expect.any(String),
    });
    await bench.publish(feedHeartbeatRecorded, { location: 'S1' });
    await bench.until(async () => (await bench.available()) === '20', 'the freshness');
    expect(await staleness(bench)).toBeNull();
  });

  test('needs a time with its system, and is taken away without', async () => {
    const bench = await open();
    const set = (more: string) =>
      `mutation { setLocationFeed(input: { location: "S1" ${more} }) { location { feed { system } } } }`;
    expect(await bench.codeOf(set(', system: "pos"'))).toBe('BAD_USER_INPUT');
    await bench.query(set(', system: "pos", staleAfterMs: 60000'));
    expect((await bench.query(set(''))).data).toEqual({ setLocationFeed: { location: { feed: null } } });
  });
});

describe('reservations over the graph', () => {
  const reserve = (more: string) => `mutation { reserveStock(input: { idempotencyKey: "r", channel: "WEB", ${more}
    lines: [{ sku: "A", quantity: "4" }] }) { reservations { id expiresAt priority } } }`;
  const extend = (id: string, ttlMs: number, key = 'x') =>
    `mutation { extendReservation(input: { idempotencyKey: "${key}", reservation: "${id}", ttlMs: ${ttlMs} }) {
      reservation { id expiresAt status } } }`;

  test('are extended and then end at the later time', async () => {
    const bench = await open();
    const { data } = await bench.query(reserve('ttlMs: 60000,'));
    const { id } = (data as { reserveStock: { reservations: { id: string }[] } }).reserveStock.reservations[0] ?? {
      id: '',
    };
    const expiresAt = new Date(bench.clock.nowMs() + 90_000).toISOString();
    expect((await bench.query(extend(id, 90_000))).data).toEqual({
      extendReservation: { reservation: { id, expiresAt, status: 'ACTIVE' } },
    });
    bench.clock.advance(60_000);
    expect(await bench.available()).toBe('16');
    await bench.killAndStart();
    bench.clock.advance(30_000);
    await bench.until(async () => (await bench.available()) === '20', 'the expiry');
    expect(await bench.codeOf(extend(id, 90_000, 'y'))).toBe('RESERVATION_NOT_ACTIVE');
  });

  test('have a priority by their kind, which only staff may set', async () => {
    const bench = await open();
    const shopper: Identity = { subject: 's', clientId: 'app', scopes: ROLES.shopper, stores: [] };
    expect(await bench.codeOf(reserve('priority: 9,'), shopper)).toBe('FORBIDDEN');
    expect((await bench.query(reserve(''), shopper)).data).toMatchObject({
      reserveStock: { reservations: [{ priority: 1 }] },
    });
    expect((await bench.query(reserve('priority: 9,'))).data).toMatchObject({
      reserveStock: { reservations: [{ priority: 9 }] },
    });
  });

  test('are extended by the command, too', async () => {
    const bench = await open();
    const { data } = await bench.query(reserve('ttlMs: 60000,'));
    const { id } = (data as { reserveStock: { reservations: { id: string }[] } }).reserveStock.reservations[0] ?? {
      id: '',
    };
    expect(
      await bench.request('extend-reservation', { commandId: 'c', reservation: id, ttlMs: 120_000 }),
    ).toMatchObject({
      reservation: { id, quantity: '4', expiresAt: new Date(bench.clock.nowMs() + 120_000).toISOString() },
    });
  });
});
