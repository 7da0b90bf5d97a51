import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openOperationsDesk, OPERATOR, type OperationsDesk } from './testing/operations-desk.ts';

let desk: OperationsDesk;
beforeEach(async () => {
  const rules = [{ channel: 'HOME', system: 'oms-old' }];
  desk = await openOperationsDesk({ orchestration: { rules, systems: ['oms-old', 'oms-main'] } });
});
afterEach(() => desk.close());

describe('an exception', () => {
  test('tells what is wrong, what it touches and where it comes from', async () => {
    await desk.raise('e1', { channel: 'WEB' });

    expect(await desk.seen('e1', 'OPEN')).toMatchObject({
      class: 'OVERSOLD',
      severity: 'HIGH',
      quantity: '2',
      impact: { skus: [{ id: 'A' }], locations: [{ id: 'S1' }], channels: [{ id: 'WEB' }], orders: [{ id: 'O-1' }] },
      lineage: { source: 'pos', eventId: 'sale-1', correlationId: 'correlation-1' },
      closedBy: null,
    });
  });

  test('takes in newer figures without becoming a second one, and closes when its cause is gone', async () => {
    await desk.raise('e1');
    await desk.raise('e1', { quantity: '5' });
    await desk.clear('e1');

    const closed = await desk.seen('e1', 'RESOLVED');
    expect(closed).toMatchObject({ quantity: '5', closedBy: 'inventory', closedBecause: 'Stock came in.' });
    expect(await desk.list()).toHaveLength(1);
  });

  test('is assigned, and resolved with a reason', async () => {
    await desk.raise('e1');
    await desk.seen('e1', 'OPEN');

    const assigned = await desk.mutate('assignException', 'exception: "e1", assignee: "ann"');
    expect(assigned.data).toMatchObject({ assignException: { exception: { status: 'ASSIGNED', assignee: 'ann' } } });

    const resolved = await desk.mutate('resolveException', 'exception: "e1", reason: "Moved to S2."');
    expect(resolved.data).toMatchObject({
      resolveException: {
        exception: { status: 'RESOLVED', closedBy: OPERATOR.subject, closedBecause: 'Moved to S2.' },
      },
    });
    expect((await desk.mutate('assignException', 'exception: "e1"')).code).toBe('ILLEGAL_TRANSITION');
  });

  test('opens again when what was resolved gets worse, and stays waived when it was waived', async () => {
    for (const id of ['e1', 'e2']) await desk.raise(id);
    await desk.seen('e1', 'OPEN');
    await desk.seen('e2', 'OPEN');
    await desk.mutate('resolveException', 'exception: "e1", reason: "Done."');
    await desk.mutate('waiveException', 'exception: "e2", reason: "Known."');

    await desk.raise('e2', { quantity: '9' });
    await desk.raise('e1', { quantity: '9' });

    expect(await desk.seen('e1', 'OPEN')).toMatchObject({ quantity: '9', closedBy: null });
    expect(await desk.seen('e2', 'WAIVED')).toMatchObject({ closedBecause: 'Known.' });
  });

  test('is closed by nobody without a reason, and not at all when there is none', async () => {
    await desk.raise('e1');
    await desk.seen('e1', 'OPEN');

    expect((await desk.mutate('waiveException', 'exception: "e1", reason: " "')).code).toBe('BAD_USER_INPUT');
    expect((await desk.mutate('waiveException', 'exception: "e9", reason: "x"')).code).toBe('UNKNOWN_EXCEPTION');
    expect((await desk.ask('{ exception(id: "e9") { id } }')).data).toEqual({ exception: null });
  });
});

describe('the list of exceptions', () => {
  beforeEach(async () => {
    await desk.raise('e1');
    await desk.raise('e2', { class: 'COUNT_VARIANCE', severity: 'LOW', sku: 'B', location: 'S2', source: 'wms' });
    await desk.raise('e3', { class: 'NETWORK_SHORTAGE', channel: 'WEB', sku: 'B' });
    await desk.clear('e1');
    await desk.seen('e1', 'RESOLVED');
    await desk.seen('e3', 'OPEN');
    await desk.seen('e2', 'OPEN');
  });

  test.each([
    ['statuses: [OPEN]', ['e3', 'e2']],
    ['statuses: [RESOLVED, WAIVED]', ['e1']],
    ['classes: [OVERSOLD, COUNT_VARIANCE]', ['e2', 'e1']],
    ['severity: LOW', ['e2']],
    ['sku: "b"', ['e3', 'e2']],
    ['location: "S2"', ['e2']],
    ['channel: "WEB"', ['e3']],
    ['source: "pos", sku: "B"', ['e3']],
  ])('of { %s } is %j', async (filter, expected) => {
    expect((await desk.list(filter)).map(({ id }) => id)).toEqual(expected);
  });

  test('is paged without a gap or a repetition', async () => {
    const seen: string[] = [];
    for (let after = ''; ;) {
      const { data } = await desk.ask(
        `{ exceptions(first: 2${after}) { edges { node { id } } pageInfo { hasNextPage endCursor } } }`,
      );
      const { edges, pageInfo } = (
        data as unknown as {
          exceptions: { edges: { node: { id: string } }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
        }
      ).exceptions;
      seen.push(...edges.map(({ node }) => node.id));
      if (!pageInfo.hasNextPage) break;
      after = `, after: "${pageInfo.endCursor}"`;
    }
    expect(seen).toEqual(['e3', 'e2', 'e1']);
  });

  test('is told on the change log: a snapshot by filter, then what left it', async () => {
    const open = await desk.changesSince({ status: ['OPEN'] });
    expect(open.records.map(({ key }) => key).sort()).toEqual(['e2', 'e3']);

    await desk.clear('e2');
    await desk.seen('e2', 'RESOLVED');
    const { seq, epoch } = open;
    const after = await desk.changesSince({ status: ['OPEN'] }, { seq, epoch });
    expect(after).toMatchObject({ reset: false, records: [{ key: 'e2', deleted: true }] });
  });
});

describe('the ownership register', () => {
  const RULE = 'ownershipRule { id quantity location { id } writerSystem version changedBy } changeCursor';

  test('keeps versioned rules, and tells others of each change once', async () => {
    const input = 'quantity: COUNT, location: "s1", writerSystem: "wms"';
    const first = await desk.mutate('setOwnership', input, RULE);
    expect(first.data).toMatchObject({
      setOwnership: {
        ownershipRule: {
          id: 'STOCK|COUNT|S1',
          quantity: 'COUNT',
          location: { id: 'S1' },
          writerSystem: 'wms',
          version: 1,
          changedBy: 'op',
        },
      },
    });
    await desk.mutate('setOwnership', input, RULE);
    await desk.mutate('setOwnership', 'quantity: COUNT, location: "S1", writerSystem: null', RULE);

    const told = { domain: 'STOCK', quantity: 'COUNT', location: 'S1' };
    expect(await desk.published('ownership-changed')).toEqual([
      { ...told, writerSystem: 'wms', ruleVersion: 1 },
      { ...told, writerSystem: null, ruleVersion: 2 },
    ]);
  });

  test('lists the rules that hold at a location', async () => {
    await desk.mutate('setOwnership', 'quantity: COUNT, location: "S1", writerSystem: "wms"', RULE);
    await desk.mutate('setOwnership', 'quantity: RECEIPT, writerSystem: "erp"', RULE);
    await desk.mutate('setOwnership', 'quantity: COUNT, location: "S2", writerSystem: "pos"', RULE);

    const { data } = await desk.ask('{ ownershipRules(location: "S1") { id } }');
    expect(data).toEqual({ ownershipRules: [{ id: 'STOCK|COUNT|S1' }, { id: 'STOCK|RECEIPT|*' }] });
  });

  test('takes no name that no message could carry', async () => {
    expect((await desk.mutate('setOwnership', 'quantity: COUNT, writerSystem: "W M S"', RULE)).code).toBe(
      'BAD_USER_INPUT',
    );
  });
});

describe('who orchestrates a channel', () => {
  const RULE = 'ownershipRule { version writerSystem decisions { version party system reason authority decidedBy } }';
  const OMS = 'domain: ORCHESTRATION, quantity: RECORD, channel: "home", writerSystem: "oms-main"';
  const HUB = 'domain: ORCHESTRATION, quantity: RECORD, channel: "HOME", writerSystem: null';
  const who = async (argument = '') => {
    const { data } = await desk.ask(
      `{ orchestration(channel: "HOME"${argument}) { party system decision { reason } } }`,
    );
    return (data as unknown as { orchestration: object }).orchestration;
  };
  const at = (ms: number): string => new Date(desk.clock.nowMs() + ms).toISOString();

  test('is what the settings say until somebody decides, for orders from an instant on', async () => {
    expect(await who()).toEqual({ party: 'OMS', system: 'oms-old', decision: null });
    const from = at(60_000);
    const moved = await desk.mutate(
      'setOwnership',
      `${OMS}, reason: "pilot", authority: "COO", effectiveFrom: "${from}"`,
      RULE,
    );
    expect(moved.data).toMatchObject({
      setOwnership: {
        ownershipRule: {
          version: 1,
          writerSystem: 'oms-main',
          decisions: [{ party: 'OMS', system: 'oms-main', reason: 'pilot', authority: 'COO', decidedBy: 'op' }],
        },
      },
    });
    await desk.mutate('setOwnership', `${OMS}, reason: "again", effectiveFrom: "${from}"`, RULE);
    expect(await who()).toMatchObject({ system: 'oms-old' });
    expect(await who(`, at: "${from}"`)).toEqual({ party: 'OMS', system: 'oms-main', decision: { reason: 'pilot' } });
    await desk.mutate('setOwnership', `${HUB}, reason: "it is down"`, RULE);
    expect(await who(`, at: "${at(120_000)}"`)).toMatchObject({ party: 'HUB', system: null });

    const told = { domain: 'ORCHESTRATION', quantity: 'RECORD', location: null, channel: 'HOME' };
    expect(await desk.published('ownership-changed')).toEqual([
      { ...told, writerSystem: 'oms-main', ruleVersion: 1, effectiveFrom: from },
      { ...told, writerSystem: null, ruleVersion: 2, effectiveFrom: at(0) },
    ]);
  });

  test('is changed with a reason, for a system that routes orders, not for the past, and for no location', async () => {
    const refused = async (input: string): Promise<string | undefined> =>
      (await desk.mutate('setOwnership', input, RULE)).code;
    expect(await refused(OMS)).toBe('BAD_USER_INPUT');
    expect(await refused(`${OMS.replace('oms-main', 'wms')}, reason: "why"`)).toBe('BAD_USER_INPUT');
    expect(await refused(`${OMS}, reason: "why", effectiveFrom: "${at(-1)}"`)).toBe('BAD_USER_INPUT');
    expect(await refused(`${OMS.replace('channel', 'location')}, reason: "why"`)).toBe('BAD_USER_INPUT');
    expect(await refused(`quantity: COUNT, writerSystem: "wms", effectiveFrom: "${at(1)}"`)).toBe('BAD_USER_INPUT');
    expect(await desk.published('ownership-changed')).toEqual([]);
  });
});
