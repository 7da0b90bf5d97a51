import { describe, expect, test } from '@jest/globals';
import type { LogLevel } from '../ports/telemetry.ts';
import { createTelemetry, type ExposedTelemetry } from './create-telemetry.ts';

function open(
  level: LogLevel = 'debug',
  seriesMax = 1_000,
): { telemetry: ExposedTelemetry; lines: Record<string, unknown>[] } {
  const lines: Record<string, unknown>[] = [];
  const destination = { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) };
  return { telemetry: createTelemetry({ level, destination, processMetrics: false, seriesMax }), lines };
}

describe('logs', () => {
  test('an entry is one JSON object with level, instant, message and fields', () => {
    const { telemetry, lines } = open();
    telemetry.log('warn', 'a delivery failed', { stream: 'ORDERS_EVENTS', seq: 7 });
    expect(lines).toEqual([
      { level: 'warn', time: expect.any(String), message: 'a delivery failed', stream: 'ORDERS_EVENTS', seq: 7 },
    ]);
    expect(new Date(String(lines[0]?.['time'])).toISOString()).toBe(lines[0]?.['time']);
  });

  test('entries below the level are left out', () => {
    const { telemetry, lines } = open('warn');
    for (const level of ['debug', 'info', 'warn', 'error'] as const) telemetry.log(level, level);
    expect(lines.map((line) => line['message'])).toEqual(['warn', 'error']);
  });

  test('fields that cannot be written do not throw and do not lose the message', () => {
    const { telemetry, lines } = open();
    const hostile = {
      get trap(): never {
        throw new Error('a getter that throws');
      },
      toJSON: () => {
        throw new Error('no JSON of it');
      },
    };
    const cyclic: Record<string, unknown> = {};
    cyclic['self'] = cyclic;
    for (const fields of [{ hostile }, hostile, { cyclic }, { big: 10n }]) telemetry.log('info', 'still told', fields);
    expect(lines.map((line) => line['message'])).toEqual(Array.from({ length: 4 }, () => 'still told'));
  });
});

describe('metrics', () => {
  test('counters add, gauges set, histograms observe', async () => {
    const { telemetry } = open();
    telemetry.count('inbox_messages_total', { source: 'wms' });
    telemetry.count('inbox_messages_total', { source: 'wms' }, 4);
    telemetry.gauge('stream_lag_messages', 9);
    telemetry.gauge('stream_lag_messages', 3);
    telemetry.observe('journal_append_seconds', 0.002);
    telemetry.observe('journal_append_seconds', 0.3);
    const text = await telemetry.metricsText();
    expect(text).toContain('inbox_messages_total{source="wms"} 5\n');
    expect(text).toContain('stream_lag_messages 3\n');
    expect(text).toContain('journal_append_seconds_bucket{le="0.0025"} 1\n');
    expect(text).toContain('journal_append_seconds_count 2\n');
    expect(telemetry.metricsContentType).toContain('text/plain');
  });

  test('series beyond the bound are counted together', async () => {
    const { telemetry } = open('debug', 3);
    for (let n = 0; n < 10; n++) telemetry.count('orders_total', { order: String(n), kind: 'web' });
    const lines = (await telemetry.metricsText()).split('\n').filter((line) => line.startsWith('orders_total{'));
    expect(lines).toHaveLength(4);
    expect(lines).toContain('orders_total{order="other",kind="other"} 7');
  });

  test('a use that does not fit is told once and never thrown', async () => {
    const { telemetry, lines } = open();
    telemetry.count('orders_total', { kind: 'web' });
    telemetry.gauge('orders_total', 1, { kind: 'web' });
    telemetry.count('orders_total', { kind: 'web' }, -1);
    telemetry.count('orders_total', { channel: 'web' });
    telemetry.count('not a name');
    expect(lines.map((line) => line['name'])).toEqual(['orders_total', 'not a name']);
    expect(await telemetry.metricsText()).toContain('orders_total{kind="web"} 1\n');
  });

  test('two telemetries of one process share nothing', async () => {
    const [one, other] = [open().telemetry, open().telemetry];
    one.count('orders_total');
    other.count('orders_total');
    expect(await one.metricsText()).toContain('orders_total 1\n');
  });

  test('figures of the process are there by default', async () => {
    const telemetry = createTelemetry({ level: 'error', destination: { write: () => undefined } });
    expect(await telemetry.metricsText()).toContain('process_cpu_seconds_total');
  });
});
