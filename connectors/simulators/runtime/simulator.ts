import { FaultControl } from './faults.ts';
import type { Faults } from './faults.ts';
import { createIdSource } from './id-source.ts';
import type { IdSource } from './id-source.ts';
import { RequestLog } from './request-log.ts';
import type { LoggedRequest } from './request-log.ts';
import { createRouter, routeName } from './router.ts';
import type { Route } from './router.ts';
import { createSeededRandom } from './seeded-random.ts';
import type { Random } from './seeded-random.ts';
import type { SimulatorObserver } from './simulator-observer.ts';
import { startSimulatorServer } from './simulator-server.ts';
import type { ServerManners } from './simulator-server.ts';
import { TokenBucket } from './token-bucket.ts';
import type { RateLimit } from './token-bucket.ts';
import { WebhookSender } from './webhook-sender.ts';
import type { Delivery, WebhookPolicy } from './webhook-sender.ts';

/** What every simulator can be told at start. */
export interface SimulatorOptions {
  /** Seed of all ids and fault draws. Default 1. */
  readonly randomSeed?: number;
  /** Milliseconds since the epoch. Default `Date.now`. Timers (backoff, delay, autopilot) run in real time. */
  readonly now?: () => number;
  /**
   * Where receipt and document numbers, versions and sequences start. Default: a small number. Whoever restarts a
   * simulator against a hub that remembers the last run gives a higher one, and another seed.
   */
  readonly numbersFrom?: number;
  /** Default 0: a free one. */
  readonly port?: number;
  readonly rateLimit?: RateLimit;
  readonly faults?: Partial<Faults>;
  readonly webhooks?: Partial<WebhookPolicy>;
  readonly observe?: SimulatorObserver;
}

/** What every simulator offers to tests and demonstrations, beside its vendor's HTTP API. */
export interface Simulator {
  readonly url: string;
  readonly faults: FaultControl;
  /** Every route that it serves, named as `countOf` names them. */
  readonly routes: readonly string[];
  /** The newest 10,000 requests, oldest first. */
  requests(): readonly LoggedRequest[];
  /** How often a route was called since start or reset, such as `countOf('GET /v2/locations')`. */
  countOf(route: string): number;
  resetRequests(): void;
  /** Resolves when every webhook is delivered, given up or dropped. */
  webhooksSettled(): Promise<void>;
  deliveries(): readonly Delivery[];
  close(): Promise<void>;
}

/** The inner side of a simulator: what its routes and control functions work with. */
export interface SimulatorCore {
  readonly random: Random;
  readonly ids: IdSource;
  readonly faults: FaultControl;
  readonly sender: WebhookSender;
  /** The system's own clock: `now` and the fault `clockSkewMs`. */
  readonly nowMs: () => number;
  readonly nowIso: () => string;
}

const BODY_BYTES_MAX = 1_048_576;

/** `system` keeps the ids of two systems with the same seed apart. */
export function createSimulatorCore(
  options: SimulatorOptions,
  { system, contentFields }: { readonly system: string; readonly contentFields: readonly string[] },
): SimulatorCore {
  const systemNumber = Array.from(system).reduce((sum, letter) => sum * 31 + (letter.codePointAt(0) ?? 0), 0);
  const random = createSeededRandom((options.randomSeed ?? 1) + systemNumber);
  const faults = new FaultControl(random, options.faults);
  const now = options.now ?? Date.now;
  const nowMs = (): number => now() + faults.current.clockSkewMs;
  return {
    random,
    faults,
    nowMs,
    ids: createIdSource(random),
    nowIso: () => new Date(nowMs()).toISOString(),
    sender: new WebhookSender({
      faults,
      random,
      contentFields,
      policy: options.webhooks ?? {},
      ...(options.observe && { observe: options.observe }),
    }),
  };
}

export async function serveSimulator(
  core: SimulatorCore,
  setup: {
    readonly options: SimulatorOptions;
    readonly manners: ServerManners;
    readonly rateLimit: RateLimit;
    readonly routes: readonly Route[];
  },
): Promise<Simulator> {
  const { options, manners } = setup;
  const log = new RequestLog();
  const bucket = new TokenBucket(options.rateLimit ?? setup.rateLimit, options.now ?? Date.now);
  const router = createRouter(setup.routes);
  const { faults, sender } = core;
  const parts = {
    manners,
    router,
    faults,
    bucket,
    log,
    bodyBytesMax: BODY_BYTES_MAX,
    ...(options.observe && { observe: options.observe }),
  };
  const server = await startSimulatorServer(parts, options.port ?? 0);
  return {
    url: server.url,
    faults,
    routes: setup.routes.map(routeName),
    requests: () => log.entries(),
    countOf: (route) => log.countOf(route),
    resetRequests: () => log.reset(),
    webhooksSettled: () => sender.settled(),
    deliveries: () => sender.deliveries(),
    close: async () => {
      sender.close();
      await server.close();
    },
  };
}
