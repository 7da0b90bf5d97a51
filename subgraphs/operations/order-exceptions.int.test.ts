import { afterEach, describe, expect, test } from '@jest/globals';
import type { EventDefinition } from '../../schema/events/event-definition.ts';
import { orderExceptionCleared, orderExceptionRaised } from '../../schema/events/orders.ts';
import { publicationOf } from '../../schema/events/publication.ts';
import { openOperationsDesk, type OperationsDesk } from './testing/operations-desk.ts';

let desk: OperationsDesk | undefined;
afterEach(async () => {
  await desk?.close();
  desk = undefined;
});

async function tell(to: OperationsDesk, definition: EventDefinition, data: { readonly exceptionId: string }) {
  to.clock.advance(1);
  const id = to.platform.ids.next();
  const nowMs = to.clock.nowMs();
  const source = { system: 'orders', eventId: id };
  const about = { id, key: data.exceptionId, source, occurredAtMs: nowMs, recordedAtMs: nowMs, correlationId: 'c-1' };
  const { stream, subject, envelope } = publicationOf(definition, { ...about, data });
  await to.platform.streams.publish(stream, subject, envelope);
}

describe('an order that cannot go on by itself', () => {
  test('is an exception with its order and what shows why, until its cause is gone', async () => {
    desk = await openOperationsDesk();
    const exceptionId = 'sourcing-o1';
    const raised = {
      exceptionId,
      class: 'SOURCING_GIVEN_UP',
      severity: 'HIGH',
      order: 'o1',
      channel: 'WEB',
      sku: 'MUG',
      evidence: 'o1.d1',
      summary: 'Order W-1 finds no location for line 1.',
    };
    await tell(desk, orderExceptionRaised, raised);
    expect(await desk.seen(exceptionId, 'OPEN')).toMatchObject({
      class: 'SOURCING_GIVEN_UP',
      impact: { orders: [{ id: 'o1' }], skus: [{ id: 'MUG' }], channels: [{ id: 'WEB' }] },
      lineage: { source: 'orders', eventId: 'o1.d1', correlationId: 'c-1' },
    });
    const cleared = { exceptionId, because: 'A location serves it.' };
    await tell(desk, orderExceptionCleared, cleared);
    expect(await desk.seen(exceptionId, 'RESOLVED')).toMatchObject({ closedBecause: 'A location serves it.' });
  });

  test('names the system that told it, also where no order is known', async () => {
    desk = await openOperationsDesk();
    const exceptionId = 'fact-wms-north-order';
    const raised = {
      exceptionId,
      class: 'FACT_REFUSED',
      severity: 'MEDIUM',
      source: 'wms-north',
      evidence: 'e-7',
      summary: 'pick-recorded of wms-north cannot be taken in and is kept.',
    };
    await tell(desk, orderExceptionRaised, raised);
    expect(await desk.seen(exceptionId, 'OPEN')).toMatchObject({
      class: 'FACT_REFUSED',
      impact: { orders: [], channels: [] },
      lineage: { source: 'wms-north', eventId: 'e-7', correlationId: 'c-1' },
    });
  });
});
