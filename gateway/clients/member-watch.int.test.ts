import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FakeClock } from '../../kernel/testing/fake-clock.ts';
import { RecordingTelemetry } from '../../kernel/testing/recording-telemetry.ts';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { MemberWatch } from './member-watch.ts';

/** However busy the machine, an answer is no silence. */
const LIMITS = { probeMs: 500, probeTimeoutMs: 60_000, restMs: 1_000 };
const SILENT_SOON = { ...LIMITS, probeTimeoutMs: 50 };

let server: Server;
/** What the member answers; 0: nothing at all. */
let status: number;
let asked: number;
let clock: FakeClock;
let telemetry: RecordingTelemetry;
let watch: MemberWatch;

beforeEach(async () => {
  status = 200;
  asked = 0;
  clock = new FakeClock();
  telemetry = new RecordingTelemetry();
  server = createServer((_request, response) => {
    asked++;
    if (status > 0) response.writeHead(status).end('{}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  watch = openWatch(LIMITS);
});

afterEach(async () => {
  watch.close();
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

function openWatch(limits: typeof LIMITS): MemberWatch {
  const readinessUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/health/ready`;
  return new MemberWatch({ name: 'orders', readinessUrl, clock, telemetry, limits });
}

/** Lets the next question go out, when the last one is over. */
async function lookAgain(): Promise<void> {
  await waitFor(() => clock.pending === 1, 'the end of the last question');
  const before = asked;
  clock.advance(LIMITS.probeMs);
  await waitFor(() => asked > before, 'the next question');
  await waitFor(() => clock.pending === 1, 'its end');
}

describe('the watch over a process of a subgraph', () => {
  test('asks it again and again, and trusts it until it says no', async () => {
    expect(watch.isUsable).toBe(true);
    await lookAgain();
    expect([watch.isReady, watch.isUsable]).toEqual([true, true]);
    status = 503;
    await lookAgain();
    expect([watch.isReady, watch.isUsable]).toEqual([false, false]);
    status = 200;
    await lookAgain();
    expect([watch.isReady, watch.isUsable]).toEqual([true, true]);
    expect(telemetry.logs.map(({ level, fields }) => [level, fields?.['isReady']])).toEqual([
      ['warn', false],
      ['info', true],
    ]);
  });

  test('takes silence for a no', async () => {
    watch.close();
    watch = openWatch(SILENT_SOON);
    status = 0;
    await lookAgain();
    expect(watch.isReady).toBe(false);
  });

  test('leaves one alone for a while that did not answer a fetch, though it says that it is ready', async () => {
    await lookAgain();
    watch.rest();
    expect([watch.isReady, watch.isUsable]).toEqual([true, false]);
    clock.advance(LIMITS.restMs);
    expect(watch.isUsable).toBe(true);
  });

  test('asks no more when it is closed', async () => {
    await lookAgain();
    watch.close();
    const before = asked;
    clock.advance(10 * LIMITS.probeMs);
    expect([clock.pending, asked]).toEqual([0, before]);
  });
});
