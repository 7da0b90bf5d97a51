/* What people do about exceptions: once, with a second person above the limit, and on the audit trail. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { OutboundCommand, OutboundCommands, Submission } from '../../connectors/outbound/port.ts';
import { Obstacle } from '../../kernel/model/errors.ts';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { describeMapping, readAgain, replayQuarantined } from '../../schema/commands/inbox.ts';
import { discardCommand, replayCommand } from '../../schema/commands/outbound.ts';
import type { DataOf, EventDefinition } from '../../schema/events/event-definition.ts';
import { messageQuarantined, quarantineCleared, schemaDrifted } from '../../schema/events/inbox-messages.ts';
import { commandSettled, systemRecovered, systemStalled } from '../../schema/events/outbound.ts';
import { skuChanged } from '../../schema/events/products.ts';
import { publicationOf } from '../../schema/events/publication.ts';
import { rpcSubjectOf, streamOf } from '../../schema/events/subjects.ts';
import { openOperationsDesk, OPERATOR, type OperationsDesk } from './testing/operations-desk.ts';

const HOUR_MS = 3_600_000;
const COLLEAGUE = { ...OPERATOR, subject: 'colleague' };
const ACTED = `exception { id status valueAtRisk { amountMinor currencyCode } possibleActions
  actions { idempotencyKey action status askedBy agreedBy outcome } }`;

let desk: OperationsDesk;
/** Requests that others got, by their names. */
let asked: { readonly name: string; readonly payload: unknown }[];
let isAway: boolean;

/** Tills that keep stock of their own: what they are asked, and what they answer in turn, the last for ever. */
class Tills implements OutboundCommands {
  readonly asked: OutboundCommand[] = [];
  answers: readonly Submission[] = [{ status: 'WAITING' }];

  async submit(command: OutboundCommand): Promise<Submission> {
    this.asked.push(command);
    const [answer = { status: 'WAITING' }, ...rest] = this.answers;
    if (rest.length > 0) this.answers = rest;
    return answer;
  }
}

let tills: Tills;

beforeEach(async () => {
  asked = [];
  isAway = false;
  tills = new Tills();
  desk = await openOperationsDesk({
    stockKeepers: { outbound: tills, systems: ['pos-north'] },
    // Two looks.
    limits: { adjustWaitMsMax: 100 },
  });
  serve(replayQuarantined, { replayed: 2, waiting: 1 });
  serve(readAgain, { feeds: 1 });
  serve(replayCommand, { status: 'WAITING' });
  serve(discardCommand, { status: 'DISCARDED' });
  serve(describeMapping, { sets: [{ domain: 'reasons', rows: { LOST: 'LOST' } }] });
});

afterEach(() => desk.close());

function serve(definition: { readonly context: string; readonly name: string }, reply: unknown): void {
  desk.platform.rpc.serve(rpcSubjectOf(definition.context, definition.name), async ({ payload }) => {
    if (isAway) throw new Obstacle('CONTEXT_UNAVAILABLE', 'Nobody is there.');
    asked.push({ name: definition.name, payload });
    return reply;
  });
}

async function tell<Definition extends EventDefinition>(
  definition: Definition,
  key: string,
  data: DataOf<Definition>,
): Promise<void> {
  desk.clock.advance(1);
  const id = desk.platform.ids.next();
  const nowMs = desk.clock.nowMs();
  const { stream, subject, envelope } = publicationOf(definition, {
    id,
    key,
    source: { system: definition.context, eventId: id },
    occurredAtMs: nowMs,
    recordedAtMs: nowMs,
    correlationId: `cause-of-${key}`,
    data,
  });
  await desk.platform.streams.publish(stream, subject, envelope);
}

const unmapped = () =>
  tell(messageQuarantined, 'q1', {
    exceptionId: 'q1',
    system: 'wms-north',
    eventId: 'm-1',
    reason: 'not mapped',
    unmapped: { domain: 'reasons', value: 'CRUSHED' },
  });

const givenUp = (status: 'DEAD' | 'DONE') =>
  tell(commandSettled, 'orders:1', {
    system: 'wms-north',
    key: 'k-1',
    name: 'release-work',
    ref: 'orders:1',
    status,
    attempts: 12,
    message: 'It is broken.',
  });

const act = (input: string, identity = OPERATOR) =>
  desk.ask(`mutation { actOnException(input: { reason: "Why not.", ${input} }) { ${ACTED} } }`, identity);
const decide = (input: string, identity = COLLEAGUE) =>
  desk.ask(`mutation { decideExceptionAction(input: { reason: "Agreed.", ${input} }) { ${ACTED} } }`, identity);
const named = (kind: string) => waitFor(async () => (await desk.list()).find((each) => each['class'] === kind));
const trail = async () => {
  const { data } = await desk.ask(`{ auditTrail { edges { node { action status actor reason exception { id } } } } }`);
  return (data as unknown as { auditTrail: { edges: { node: object }[] } }).auditTrail.edges.map(({ node }) => node);
};

describe('messages and commands', () => {
  test('that wait are read again, once however often that is asked for, and it is written down', async () => {
    await unmapped();
    await desk.seen('q1', 'OPEN');
    const input = 'exception: "q1", action: REPLAY, idempotencyKey: "a"';
    const first = await act(input);
    expect(first.data).toMatchObject({
      actOnException: {
        exception: {
          possibleActions: ['REPLAY', 'REMAP', 'WAIVE'],
          actions: [{ action: 'REPLAY', status: 'DONE', outcome: '2 messages were taken in, 1 still wait.' }],
        },
      },
    });
    expect(await act(input)).toEqual(first);
    expect(asked).toEqual([{ name: 'replay-quarantined', payload: { system: 'wms-north', exceptionId: 'q1' } }]);
    expect((await act('exception: "q1", action: WAIVE, idempotencyKey: "a"')).code).toBe('IDEMPOTENCY_KEY_REUSED');
    await waitFor(async () => (await trail()).length === 2);
    expect(await trail()).toMatchObject([
      { action: 'REPLAY', status: 'DONE', actor: 'op', exception: { id: 'q1' } },
      { action: 'REPLAY', status: 'STARTED', actor: 'op', reason: 'Why not.' },
    ]);
  });

  test('are taken in by saying what a value means, and close when none waits', async () => {
    await unmapped();
    await desk.seen('q1', 'OPEN');
    expect(
      (await act('exception: "q1", action: REMAP, canonical: "SQUASHED", idempotencyKey: "a"')).data,
    ).toMatchObject({
      actOnException: { exception: { actions: [{ status: 'FAILED' }] } },
    });
    expect((await act('exception: "q1", action: REMAP, canonical: "DAMAGE", idempotencyKey: "b"')).data).toMatchObject({
      actOnException: {
        exception: {
          actions: [{ status: 'DONE', outcome: '"CRUSHED" means "DAMAGE" since version 1 of reasons.' }, {}],
        },
      },
    });
    expect(await desk.published('mapping-activated')).toMatchObject([
      { system: 'wms-north', domain: 'reasons', rows: { CRUSHED: 'DAMAGE', LOST: 'LOST' } },
    ]);
    await tell(quarantineCleared, 'q1', { exceptionId: 'q1', system: 'wms-north' });
    expect(await desk.seen('q1', 'RESOLVED')).toMatchObject({ closedBy: 'inbox' });
    expect((await act('exception: "q1", action: REPLAY, idempotencyKey: "c"')).code).toBe('ILLEGAL_TRANSITION');
  });

  test('go on where an obstacle kept an action, when it is asked for again', async () => {
    await unmapped();
    await desk.seen('q1', 'OPEN');
    isAway = true;
    const input = 'exception: "q1", action: REPLAY, idempotencyKey: "a"';
    expect((await act(input)).code).toBe('CONTEXT_UNAVAILABLE');
    isAway = false;
    expect((await act(input)).data).toMatchObject({
      actOnException: { exception: { actions: [{ status: 'DONE' }] } },
    });
    expect(asked).toHaveLength(1);
  });

  test('are all of a system where its schema has changed', async () => {
    await tell(schemaDrifted, 's1', {
      exceptionId: 's1',
      system: 'wms-north',
      kind: 'order_picked',
      change: 'RETYPED',
      field: 'sequence',
      was: ['number'],
      is: ['text'],
      eventId: 'm-1',
      isQuarantined: true,
    });
    expect(await desk.seen('s1', 'OPEN')).toMatchObject({
      class: 'SCHEMA_DRIFT',
      severity: 'HIGH',
      summary: 'order_picked of wms-north has sequence as text, which was number. Messages wait because of it.',
    });
    await act('exception: "s1", action: REPLAY, idempotencyKey: "a"');
    expect(asked).toEqual([{ name: 'replay-quarantined', payload: { system: 'wms-north' } }]);
  });

  test('a command that was given up goes again, or is given up for good when that is waived', async () => {
    await givenUp('DEAD');
    const { id } = await named('COMMAND_GIVEN_UP');
    await act(`exception: "${id}", action: REPLAY, idempotencyKey: "a"`);
    expect(asked).toEqual([{ name: 'replay-command', payload: { system: 'wms-north', key: 'k-1' } }]);
    await givenUp('DONE');
    await desk.seen(id, 'RESOLVED');
    await givenUp('DEAD');
    await desk.seen(id, 'OPEN');
    await desk.mutate('waiveException', `exception: "${id}", reason: "Too late."`);
    expect(await desk.seen(id, 'WAIVED')).toMatchObject({ closedBecause: 'Too late.' });
    expect(asked.at(-1)).toEqual({ name: 'discard-command', payload: { system: 'wms-north', key: 'k-1' } });
  });

  test('a system that does nothing is an exception until it does', async () => {
    const since = new Date(desk.clock.nowMs()).toISOString();
    await tell(systemStalled, 'erp', { system: 'erp', since, waiting: 7, because: 'It is down.' });
    const { id } = await named('SYSTEM_STALLED');
    await tell(systemRecovered, 'erp', { system: 'erp' });
    await desk.seen(id, 'RESOLVED');
  });
});

describe('stock', () => {
  const priced = (amountMinor: number) =>
    tell(skuChanged, 'A', {
      sku: 'A',
      product: 'A',
      title: 'A',
      lifecycle: 'ACTIVE',
      categories: [],
      prices: [{ amount: { amountMinor, currencyCode: 'GBP' }, effectiveFrom: '2026-01-01T00:00:00.000Z' }],
    });
  const movements = async () => {
    await desk.platform.documents.flushOutbox();
    const messages = await desk.platform.streams.read(streamOf('inbox'), 0, 100);
    return messages.filter(({ envelope }) => envelope.type === 'stock-adjusted').map(({ envelope }) => envelope);
  };
  const adjust = 'exception: "e1", action: ADJUST, quantity: "-2", idempotencyKey: "a"';

  async function variance(amountMinor = 100): Promise<void> {
    await priced(amountMinor);
    const prices = await desk.platform.documents.collection<{ readonly id: string }>({
      name: 'operations-sku-prices',
      indexes: [],
    });
    await waitFor(() => prices.get('A'));
    await desk.raise('e1', { class: 'COUNT_VARIANCE', severity: 'MEDIUM', quantity: '-2' });
    await desk.seen('e1', 'OPEN');
  }

  test('is adjusted by one movement, which closes the exception', async () => {
    await variance();
    await act(adjust);
    await act(adjust);
    expect(await desk.seen('e1', 'RESOLVED')).toMatchObject({ closedBy: 'op' });
    expect(await movements()).toMatchObject([
      {
        source: { system: 'operations', eventId: 'e1/a' },
        data: { location: 'S1', lines: [{ sku: 'A', quantity: '-2' }] },
      },
    ]);
  });

  test('is not adjusted where another system owns adjustments', async () => {
    await desk.mutate(
      'setOwnership',
      'quantity: ADJUSTMENT, location: "S1", writerSystem: "wms-north"',
      'changeCursor',
    );
    await variance();
    expect((await act(adjust)).data).toMatchObject({
      actOnException: { exception: { status: 'OPEN', actions: [{ status: 'FAILED' }] } },
    });
    expect(await movements()).toEqual([]);
  });

  test('is adjusted by the till that owns adjustments, once, and the ledger hears of it as its word', async () => {
    await desk.mutate(
      'setOwnership',
      'quantity: ADJUSTMENT, location: "S1", writerSystem: "pos-north"',
      'changeCursor',
    );
    await variance();
    tills.answers = [{ status: 'WAITING' }, { status: 'WAITING' }];
    expect((await act(adjust)).code).toBe('UPSTREAM_UNAVAILABLE');
    expect(await movements()).toEqual([]);
    tills.answers = [{ status: 'DONE', result: {} }];
    for (let time = 0; time < 2; time++) {
      expect((await act(adjust)).data).toMatchObject({
        actOnException: { exception: { actions: [{ status: 'DONE' }] } },
      });
    }
    const change = { kind: 'ADJUSTMENT', sku: 'A', location: 'S1', quantity: '-2' };
    expect(tills.asked.length).toBe(3);
    expect(new Set(tills.asked.map((command) => JSON.stringify(command))).size).toBe(1);
    expect(tills.asked[0]).toMatchObject({ system: 'pos-north', key: 'e1/a', payload: { changes: [change] } });
    expect(await movements()).toMatchObject([
      { source: { system: 'pos-north', eventId: 'operations/e1/a' }, data: { lines: [{ quantity: '-2' }] } },
    ]);
  });

  test('is not adjusted when the till that owns adjustments refuses', async () => {
    await desk.mutate(
      'setOwnership',
      'quantity: ADJUSTMENT, location: "S1", writerSystem: "pos-north"',
      'changeCursor',
    );
    await variance();
    tills.answers = [{ status: 'REFUSED', code: 'UPSTREAM_REJECTED', message: 'A is not known.', details: {} }];
    expect((await act(adjust)).data).toMatchObject({
      actOnException: { exception: { status: 'OPEN', actions: [{ status: 'FAILED', outcome: 'A is not known.' }] } },
    });
    expect(await movements()).toEqual([]);
  });

  test('above the limit is adjusted when somebody else agrees, and not before', async () => {
    await variance(60_000);
    const proposed = await act(adjust);
    expect(proposed.data).toMatchObject({
      actOnException: {
        exception: {
          status: 'OPEN',
          valueAtRisk: { amountMinor: 120_000, currencyCode: 'GBP' },
          actions: [{ status: 'PROPOSED', askedBy: 'op', agreedBy: null }],
        },
      },
    });
    expect(await movements()).toEqual([]);
    const agree = 'exception: "e1", idempotencyKey: "a", isApproved: true';
    expect((await decide(agree, OPERATOR)).code).toBe('FORBIDDEN');
    expect((await decide(agree)).data).toMatchObject({
      decideExceptionAction: {
        exception: { status: 'RESOLVED', actions: [{ status: 'DONE', agreedBy: 'colleague' }] },
      },
    });
    await decide(agree);
    expect(await movements()).toHaveLength(1);
  });

  test('above the limit is not waived by one person either, and stays open when the other declines', async () => {
    await variance(60_000);
    await desk.mutate('waiveException', 'exception: "e1", reason: "Never mind."');
    expect(await desk.seen('e1', 'OPEN')).toBeDefined();
    const { data } = await desk.ask(`{ exception(id: "e1") { actions { idempotencyKey } } }`);
    const { exception } = data as unknown as { exception: { actions: { idempotencyKey: string }[] } };
    const key = exception.actions[0]?.idempotencyKey;
    expect((await decide(`exception: "e1", idempotencyKey: "${key}", isApproved: false`)).data).toMatchObject({
      decideExceptionAction: { exception: { status: 'OPEN', actions: [{ status: 'DECLINED', outcome: 'Agreed.' }] } },
    });
  });

  test('that is missing in a source is looked for in its feeds again', async () => {
    await desk.raise('e1', { class: 'SEQUENCE_GAP', source: 'pos', severity: 'MEDIUM' });
    await desk.seen('e1', 'OPEN');
    await act('exception: "e1", action: RESEQUENCE, fromAt: "2026-01-01T00:00:00Z", idempotencyKey: "a"');
    expect(asked).toEqual([{ name: 'read-again', payload: { system: 'pos', fromAt: '2026-01-01T00:00:00.000Z' } }]);
    expect((await act('exception: "e1", action: REMAP, canonical: "X", idempotencyKey: "b"')).code).toBe(
      'ILLEGAL_TRANSITION',
    );
  });
});

describe('an exception that nobody answers', () => {
  test('matters more and more, until somebody sees to it', async () => {
    await desk.raise('e1', { severity: 'MEDIUM' });
    await desk.raise('e2', { severity: 'MEDIUM' });
    await desk.seen('e2', 'OPEN');
    await desk.mutate('assignException', 'exception: "e2"');
    desk.clock.advance(25 * HOUR_MS);
    const severity = async (id: string) => (await desk.list()).find((each) => each.id === id)?.['severity'];
    await waitFor(async () => {
      desk.clock.advance(60_000);
      return (await severity('e1')) === 'HIGH';
    });
    expect(await severity('e2')).toBe('MEDIUM');
    await desk.raise('e1', { severity: 'MEDIUM', quantity: '7' });
    await waitFor(async () => (await desk.list()).some((each) => each.id === 'e1' && each.quantity === '7'));
    expect(await severity('e1')).toBe('HIGH');
  });
});
