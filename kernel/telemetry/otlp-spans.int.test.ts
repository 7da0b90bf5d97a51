import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readBody } from '../graphql/read-body.ts';
import { createTelemetry } from './create-telemetry.ts';
import { openOtlpSpans } from './otlp-spans.ts';
import type { OtlpSpans } from './otlp-spans.ts';

interface SentSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly status: { readonly code?: number };
}

let collector: Server;
let received: SentSpan[];
let url: string;
let spans: OtlpSpans | undefined;

beforeEach(async () => {
  received = [];
  collector = createServer((request, response) => {
    readBody(request, 1_000_000).then(
      (body) => {
        const { resourceSpans } = JSON.parse(body) as { resourceSpans: { scopeSpans: { spans: SentSpan[] }[] }[] };
        received.push(...resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)));
        response.setHeader('content-type', 'application/json').end('{}');
      },
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(collector.address() as AddressInfo).port}/v1/traces`;
});

afterEach(async () => {
  await spans?.close();
  collector.closeAllConnections();
  await new Promise((resolve) => collector.close(resolve));
});

const PARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

function open(sampleRatio = 1) {
  spans = openOtlpSpans({ to: url, sampleRatio, serviceName: 'hub' });
  return createTelemetry({ level: 'error', processMetrics: false, startSpan: spans.startSpan });
}

describe('spans for a collector', () => {
  test('belong to the trace of their parent, and say which failed', async () => {
    const telemetry = open();
    const outer = telemetry.startSpan('query Shelf', { parent: PARENT });
    const inner = telemetry.startSpan('fetch inventory', { parent: outer.traceparent });
    inner.end(new Error('gone'));
    outer.end();
    await spans?.close();
    const [first, second] = received;
    expect(first).toMatchObject({ name: 'fetch inventory', status: { code: 2 }, parentSpanId: second?.spanId });
    expect(second).toMatchObject({
      name: 'query Shelf',
      traceId: PARENT.split('-')[1],
      parentSpanId: 'b7ad6b7169203331',
    });
    expect(outer.traceparent).toBe(`00-${second?.traceId}-${second?.spanId}-01`);
  });

  test('of traces that are not sampled are not sent, and hand on that they are not', async () => {
    const telemetry = open(0);
    const outer = telemetry.startSpan('query Shelf');
    const inner = telemetry.startSpan('fetch inventory', { parent: outer.traceparent });
    expect(outer.traceparent).toMatch(/-00$/);
    expect(inner.traceparent).toBe(outer.traceparent);
    inner.end();
    outer.end();
    await spans?.close();
    expect(received).toEqual([]);
  });

  test('a collector that is away disturbs nobody', async () => {
    const telemetry = open();
    await new Promise((resolve) => collector.close(resolve));
    telemetry.startSpan('query Shelf').end();
    await spans?.close();
    expect(received).toEqual([]);
  });
});
