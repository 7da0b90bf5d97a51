import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openOutbound } from '../../connectors/outbound/open-outbound.ts';
import type { Lane } from '../../connectors/outbound/port.ts';
import { retryAfterMs } from '../../connectors/runtime/retry-after.ts';
import { VendorPace } from '../../connectors/runtime/vendor-pace.ts';
import { TokenBucket } from '../../connectors/simulators/runtime/token-bucket.ts';
import { Obstacle } from '../../kernel/model/errors.ts';
import { openTestPlatform } from '../../kernel/testing/open-test-platform.ts';
import { measuredArgument, serveMeasured } from '../measure/measured-process.ts';

export interface ThrottledArgument {
  /** Requests that the ERP takes a second, and at once. */
  readonly perSecond: number;
  readonly burst: number;
}

export interface LaneLags {
  readonly commands: number;
  /** From submission to the ERP's answer, sorted. */
  readonly lagsMs: readonly number[];
}

export interface ThrottledRound {
  readonly lanes: Readonly<Record<Lane, LaneLags>>;
  readonly elapsedMs: number;
  readonly turnedAway: number;
}

/** What is submitted a second, and for how long. */
export interface ThrottledLoad {
  readonly seconds: number;
  readonly finance: number;
  readonly fulfilment: number;
}

const SYSTEM = 'erp';
const GROUPS = 50;

/* The queue of an ERP that answers 429 beyond its rate, over embedded storage. */
const { perSecond, burst } = measuredArgument() as ThrottledArgument;
const platform = await openTestPlatform();
const submittedAtMs = new Map<string, number>();
const lags: Record<Lane, number[]> = { FULFILMENT: [], ORDERS: [], STOCK: [], FINANCE: [] };
let turnedAway = 0;
let ordinal = 0;
const erp = await startErp();
const pace = new VendorPace(platform.clock, { perSecond, burst });
const outbound = await openOutbound(platform, {
  systems: [{ system: SYSTEM, pace, handlers: { post: { perform: post } } }],
});

serveMeasured('', {
  round: async ({ seconds, finance, fulfilment }: ThrottledLoad): Promise<ThrottledRound> => {
    for (const lane of Object.values(lags)) lane.length = 0;
    turnedAway = 0;
    const startedMs = performance.now();
    await Promise.all([
      submitFor(seconds, { lane: 'FINANCE', rate: finance }),
      submitFor(seconds, { lane: 'FULFILMENT', rate: fulfilment }),
    ]);
    const submitted = Math.floor(finance * seconds) + Math.floor(fulfilment * seconds);
    while (lags.FINANCE.length + lags.FULFILMENT.length < submitted) await rest(20);
    const elapsedMs = performance.now() - startedMs;
    const of = (lane: Lane): LaneLags => {
      return { commands: lags[lane].length, lagsMs: [...lags[lane]].sort((a, b) => a - b) };
    };
    const lanes = { FULFILMENT: of('FULFILMENT'), ORDERS: of('ORDERS'), STOCK: of('STOCK'), FINANCE: of('FINANCE') };
    return { lanes, elapsedMs, turnedAway };
  },
  close: async () => {
    await outbound.close();
    await platform.close();
  },
});

async function submitFor(
  seconds: number,
  { lane, rate }: { readonly lane: Lane; readonly rate: number },
): Promise<void> {
  const startedMs = performance.now();
  for (let index = 0; index < Math.floor(rate * seconds); index++) {
    const dueMs = startedMs + (index * 1_000) / rate;
    if (dueMs > performance.now()) await rest(dueMs - performance.now());
    const key = `${lane}-${++ordinal}`;
    submittedAtMs.set(key, performance.now());
    const group = `${lane}-${ordinal % GROUPS}`;
    const named = { system: SYSTEM, key, name: 'post', lane, group, ref: key, correlationId: key };
    await outbound.submit({ ...named, payload: { key } });
  }
}

async function post(payload: unknown): Promise<null> {
  const { key } = payload as { readonly key: string };
  const answer = await fetch(erp, { method: 'POST', body: key });
  await answer.arrayBuffer();
  pace.hear({ status: answer.status, headers: Object.fromEntries(answer.headers) });
  if (answer.status === 429) {
    turnedAway++;
    const wait = retryAfterMs(answer.headers.get('retry-after') ?? undefined, platform.clock.nowMs());
    throw new Obstacle('UPSTREAM_UNAVAILABLE', 'Slow down.', { status: 429, ...(wait && { retryAfterMs: wait }) });
  }
  const lane: Lane = key.startsWith('FINANCE') ? 'FINANCE' : 'FULFILMENT';
  lags[lane].push(performance.now() - (submittedAtMs.get(key) ?? 0));
  submittedAtMs.delete(key);
  return null;
}

async function startErp(): Promise<string> {
  const bucket = new TokenBucket({ capacity: burst, refillPerSecond: perSecond }, Date.now);
  const server = createServer((request, response) => {
    request.resume();
    const seconds = bucket.take();
    if (seconds > 0) response.setHeader('retry-after', String(seconds));
    response.writeHead(seconds > 0 ? 429 : 204).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function rest(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
