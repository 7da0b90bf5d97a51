/* Events that a part of the hub cannot take in, and parts that do not get on: people are told, and can do something. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import type { StreamMessage } from '../../kernel/ports/streams.ts';
import { streamOf } from '../../schema/events/subjects.ts';
import { OPERATIONS_LIMITS } from './app/operations-limits.ts';
import { openOperationsDesk, type OperationsDesk } from './testing/operations-desk.ts';

const STREAM = streamOf('inbox');
const { deliveriesPollMs, consumerStillMs } = OPERATIONS_LIMITS;

let desk: OperationsDesk;
let handle: (message: StreamMessage) => Promise<void>;
let handled: number;

beforeEach(async () => {
  desk = await openOperationsDesk();
  handled = 0;
  handle = async () => {
    throw new Error('it does not fit');
  };
  await desk.platform.streams.consume({
    durable: 'somebody',
    stream: STREAM,
    types: ['pick-recorded'],
    from: 'first',
    concurrencyMax: 1,
    deliveriesMax: 1,
    backoffMinMs: 1,
    backoffMaxMs: 1,
    handle: async (message) => {
      await handle(message);
      handled++;
    },
  });
});
afterEach(() => desk.close());

async function tell(): Promise<void> {
  const id = desk.platform.ids.next();
  const at = new Date(desk.clock.nowMs()).toISOString();
  const envelope = { id, type: 'pick-recorded', version: 1, source: { system: 'wms', eventId: `pick-${id}` }, key: id };
  const times = { occurredAt: at, recordedAt: at, correlationId: `cause-of-${id}` };
  await desk.platform.streams.publish(STREAM, 'stockwire.inbox.p00.pick-recorded', { ...envelope, ...times, data: {} });
}

/** Lets the watch look; it looks again when the last look is over. */
const look = <Found>(find: () => Promise<Found | undefined>): Promise<Found> =>
  waitFor(async () => {
    desk.clock.advance(deliveriesPollMs);
    return find();
  });
const named = (kind: string, status: string) => async () =>
  (await desk.list()).find((each) => each['class'] === kind && each.status === status);
const letters = () => desk.platform.streams.deadLetters(STREAM, 10);
const act = (id: string, action: string, key: string) =>
  desk.mutate('actOnException', `exception: "${id}", action: ${action}, idempotencyKey: "${key}", reason: "So."`);

test('an event that was given up is an exception until it was delivered again', async () => {
  await tell();
  await waitFor(async () => (await letters()).length === 1, 'the dead letter');
  const raised = await look(named('EVENT_GIVEN_UP', 'OPEN'));
  expect(raised).toMatchObject({ severity: 'HIGH', lineage: { source: 'wms' } });
  expect(raised['summary']).toMatch(/^somebody could not take in pick-recorded .*it does not fit/);

  // Delivered again, and given up again: told again, not closed.
  expect((await act(raised.id, 'REPLAY', 'a')).code).toBeUndefined();
  await waitFor(async () => (await letters()).length === 1, 'the dead letter again');
  handle = async () => undefined;
  expect((await act(raised.id, 'REPLAY', 'b')).code).toBeUndefined();
  await waitFor(() => handled === 1, 'the delivery');
  expect(await look(named('EVENT_GIVEN_UP', 'RESOLVED'))).toMatchObject({ id: raised.id, closedBy: 'operations' });
  expect(await letters()).toEqual([]);
});

test('an event that a person waives is given up for good', async () => {
  await tell();
  await waitFor(async () => (await letters()).length === 1, 'the dead letter');
  const { id } = await look(named('EVENT_GIVEN_UP', 'OPEN'));
  await desk.mutate('waiveException', `exception: "${id}", reason: "It is of no use."`);
  expect(await desk.seen(id, 'WAIVED')).toMatchObject({ closedBecause: 'It is of no use.' });
  expect(await letters()).toEqual([]);
});

test('a part that does not get on with its events is an exception until it does', async () => {
  const held = Promise.withResolvers<void>();
  handle = () => held.promise;
  await tell();
  const sinceMs = desk.clock.nowMs();
  const raised = await look(named('EVENTS_STALLED', 'OPEN'));
  expect(desk.clock.nowMs() - sinceMs).toBeGreaterThanOrEqual(consumerStillMs);
  expect(raised['summary']).toMatch(/^somebody has not got on with INBOX_EVENTS since/);
  held.resolve();
  expect(await look(named('EVENTS_STALLED', 'RESOLVED'))).toMatchObject({ id: raised.id });
});
