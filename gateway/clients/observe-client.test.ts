import { expect, test } from '@jest/globals';
import { parse } from 'graphql';
import { Obstacle } from '../../kernel/model/errors.ts';
import { RecordingTelemetry } from '../../kernel/testing/recording-telemetry.ts';
import { OperationContext } from '../executor/operation-context.ts';
import type { RunOperation } from '../executor/subgraph-client.ts';
import { CLERK } from '../testing/open-shop-gateway.ts';
import { observeClient } from './observe-client.ts';

const PARENT = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;

async function ask(run: RunOperation): Promise<RecordingTelemetry> {
  const telemetry = new RecordingTelemetry();
  const client = observeClient({ name: 'stock', prepare: () => run, close: async () => undefined }, telemetry);
  const send = client.prepare({ text: '{ a }', document: parse('{ a }'), kind: 'query' });
  try {
    await send({}, new OperationContext({ identity: CLERK, correlationId: 'c', traceparent: PARENT }));
  } catch {
    // Told by the metrics.
  }
  return telemetry;
}

const refuse: RunOperation = () => {
  throw new Obstacle('SUBGRAPH_UNAVAILABLE', 'gone');
};

test.each([
  ['at once', () => ({ data: { a: 1 } }), 'answered', undefined],
  ['later', () => Promise.resolve({ data: { a: 1 } }), 'answered', undefined],
  ['with errors', () => ({ data: null, errors: [{ message: 'no' }] }), 'errors', 'no'],
  ['never, at once', refuse, 'unavailable', expect.any(Obstacle)],
  [
    'never, later',
    () => Promise.reject(new Obstacle('SUBGRAPH_UNAVAILABLE', 'gone')),
    'unavailable',
    expect.any(Obstacle),
  ],
] satisfies [string, RunOperation, string, unknown][])(
  'a fetch that is answered %s is counted, timed and traced once',
  async (_when, run, outcome, failure) => {
    const { counts, observations, spans } = await ask(run);
    expect(counts).toEqual([{ name: 'subgraph_fetches_total', value: 1, labels: { service: 'stock', outcome } }]);
    expect(observations).toMatchObject([{ name: 'subgraph_fetch_seconds', labels: { service: 'stock' } }]);
    expect(spans).toMatchObject([{ name: 'fetch stock', parent: PARENT, ended: true, failure }]);
  },
);

test('what is called within a fetch belongs to the span of the fetch', async () => {
  let within: string | undefined;
  const { spans } = await ask((_variables, { traceparent }) => {
    within = traceparent;
    return { data: null };
  });
  expect(within).toBe(spans[0]?.traceparent);
});
