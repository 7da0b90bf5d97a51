import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { DataOf, EventDefinition } from '../../schema/events/event-definition.ts';
import { feedHeartbeatRecorded, goodsReceived } from '../../schema/events/inbox.ts';
import { deliveryRecorded, packRecorded } from '../../schema/events/inbox-work.ts';
import { stockExceptionCleared, stockExceptionRaised } from '../../schema/events/inventory.ts';
import { publicationOf } from '../../schema/events/publication.ts';
import { streamOf } from '../../schema/events/subjects.ts';
import { InventoryBench } from './testing/inventory-bench.ts';

const GAP_WAIT_MS = 60_000;
/** Three facts fit into memory, so that the index is needed. */
const LIMITS = { rememberedFactsMax: 3, indexFlushEntries: 2, sequenceGapWaitMs: GAP_WAIT_MS };

let bench: InventoryBench;
let nextId = 0;
beforeEach(async () => {
  bench = await InventoryBench.open({ limits: LIMITS });
});
afterEach(() => bench.close());

const LINE = { lineId: '1', sku: 'A', quantity: '1' };

const receive = (eventId: string, quantity: string, number?: number): Promise<void> =>
  tell(goodsReceived, { eventId, number }, { location: 'S1', reference: 'po', lines: [{ ...LINE, quantity }] });

async function tell<Definition extends EventDefinition>(
  definition: Definition,
  { eventId, number }: { readonly eventId: string; readonly number: number | undefined },
  data: DataOf<Definition>,
): Promise<void> {
  const { stream, subject, envelope } = publicationOf(definition, {
    id: `told-${nextId++}`,
    key: 'po',
    source: { system: 'wms', eventId, ...(number !== undefined && { sequence: { stream: 'dock', number } }) },
    occurredAtMs: 1,
    recordedAtMs: bench.clock.nowMs(),
    correlationId: eventId,
    data,
  });
  await bench.platform.streams.publish(stream, subject, envelope);
}

/** What was told to whoever sees to exceptions. */
async function exceptions(): Promise<{ type: string; class?: string; summary?: string; exceptionId: string }[]> {
  const messages = await bench.platform.streams.read(streamOf('inventory'), 0, 1_000);
  const types: string[] = [stockExceptionRaised.type, stockExceptionCleared.type];
  return messages
    .filter(({ envelope }) => types.includes(envelope.type))
    .map(({ envelope }) => ({ type: envelope.type, ...(envelope.data as { exceptionId: string }) }));
}

const stockIs = (quantity: string) => bench.until(async () => (await bench.available()) === quantity, quantity);

describe('an event id that comes again', () => {
  test('is recognised after memory has let go of it, also after a restart', async () => {
    for (let n = 1; n <= 6; n++) await receive(`e${n}`, '1');
    await stockIs('6');
    await receive('e1', '1');
    await receive('e7', '1');
    await stockIs('7');
    await bench.killAndStart();
    await receive('e2', '1');
    await receive('e8', '1');
    await stockIs('8');
    expect(await exceptions()).toEqual([]);
  });

  test('with other content is not applied, and people are told once', async () => {
    await receive('e1', '5');
    for (let n = 2; n <= 5; n++) await receive(`e${n}`, '1');
    await stockIs('9');
    for (let n = 0; n < 3; n++) await receive('e1', '50');
    await receive('e6', '1');
    await stockIs('10');
    const told = await bench.until(exceptions, 'the exception');
    expect(told).toMatchObject([
      { type: 'stock-exception-raised', class: 'DUPLICATE_CONFLICT', source: 'wms', evidence: 'e1', location: 'S1' },
    ]);
  });
});

describe('a source that numbers its messages', () => {
  test('and leaves one out is told of after the wait, and again when the message has come', async () => {
    await receive('n1', '1', 1);
    await receive('n3', '1', 3);
    await stockIs('2');
    bench.clock.advance(GAP_WAIT_MS / 2);
    expect(await exceptions()).toEqual([]);
    bench.clock.advance(GAP_WAIT_MS);
    const [raised] = await bench.until(exceptions, 'the gap');
    expect(raised).toMatchObject({
      type: 'stock-exception-raised',
      class: 'SEQUENCE_GAP',
      summary: 'wms has not told 2 of dock.',
    });
    await receive('n2', '1', 2);
    await stockIs('3');
    const told = await bench.until(async () => ((await exceptions()).length === 2 ? exceptions() : undefined), 'both');
    expect(told[1]).toMatchObject({ type: 'stock-exception-cleared', exceptionId: raised?.exceptionId });
  });

  test('is seen to have told what says nothing of stock, too', async () => {
    await receive('n1', '1', 1);
    await tell(
      packRecorded,
      { eventId: 'n2', number: 2 },
      { order: 'o', location: 'S1', lines: [{ ...LINE, orderLine: 'o.1' }] },
    );
    await tell(feedHeartbeatRecorded, { eventId: 'n3', number: 3 }, { location: 'S1' });
    await receive('n5', '1', 5);
    await stockIs('2');
    bench.clock.advance(2 * GAP_WAIT_MS);
    expect(await bench.until(exceptions, 'the gap')).toMatchObject([{ summary: 'wms has not told 4 of dock.' }]);
    await tell(deliveryRecorded, { eventId: 'n4', number: 4 }, { order: 'o', shipment: 's' });
    const told = await bench.until(async () => ((await exceptions()).length === 2 ? exceptions() : undefined), 'both');
    expect(told[1]).toMatchObject({ type: 'stock-exception-cleared' });
  });

  test('and is late with one within the wait is not complained about', async () => {
    await receive('n1', '1', 1);
    await receive('n3', '1', 3);
    await receive('n2', '1', 2);
    await stockIs('3');
    bench.clock.advance(10 * GAP_WAIT_MS);
    await receive('n4', '1', 4);
    await stockIs('4');
    expect(await exceptions()).toEqual([]);
  });

  test('is still watched after a restart', async () => {
    await receive('n1', '1', 1);
    await receive('n5', '1', 5);
    await stockIs('2');
    await bench.killAndStart();
    bench.clock.advance(2 * GAP_WAIT_MS);
    expect(await bench.until(exceptions, 'the gap')).toMatchObject([{ summary: 'wms has not told 2 to 4 of dock.' }]);
  });
});
