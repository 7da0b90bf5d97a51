import { describe, expect, test } from '@jest/globals';
import type { EventEnvelope } from '../../../kernel/model/event-envelope.ts';
import { refusedFactPublications } from './refused-fact.ts';

function envelope(data: unknown): EventEnvelope {
  return {
    id: 'm-1',
    type: 'pick-recorded',
    version: 1,
    source: { system: 'wms-north', eventId: 'e-1' },
    key: 'k',
    occurredAt: '2026-01-05T09:00:00.000Z',
    recordedAt: '2026-01-05T09:00:01.000Z',
    correlationId: 'c-1',
    data,
  };
}

const told = (waitsFor: string, data: unknown = { order: 'o-1', channel: 'WEB' }) =>
  refusedFactPublications({
    envelope: envelope(data),
    waitsFor,
    ids: { next: () => 'id-1', epoch: () => 'e' },
    nowMs: 0,
  }).map((publication) => publication.envelope);

describe('a fact that cannot be taken in', () => {
  test.each([
    ['refused:LIMIT_EXCEEDED', 'fact-wms-north-refused-LIMIT_EXCEEDED'],
    ['conflict:number', 'fact-wms-north-conflict-number'],
    ['order:o-1', 'fact-wms-north-order'],
  ])('is an exception of its system and reason: %s', (waitsFor, exceptionId) => {
    expect(told(waitsFor)).toMatchObject([
      {
        type: 'order-exception-raised',
        key: exceptionId,
        correlationId: 'c-1',
        causationId: 'm-1',
        data: {
          exceptionId,
          class: 'FACT_REFUSED',
          order: 'o-1',
          channel: 'WEB',
          source: 'wms-north',
          evidence: 'e-1',
        },
      },
    ]);
  });

  test('is none while it waits for what comes by itself', () => {
    expect([...told('sku:84406B'), ...told('payment:psp|p-1')]).toEqual([]);
  });

  test.each([null, 'text', {}, { order: 7, channel: '' }])('is told of also when it cannot be read: %j', (data) => {
    const [event] = told('refused:BAD_USER_INPUT', data);
    expect(event?.data).not.toHaveProperty('order');
    expect(event?.data).not.toHaveProperty('channel');
  });
});
