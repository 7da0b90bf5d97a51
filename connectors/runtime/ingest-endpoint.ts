import { Refusal } from '../../kernel/model/errors.ts';
import { hasScope, isAuthenticated, type Identity } from '../../kernel/model/identity.ts';
import { parseAs } from '../../kernel/model/json-schema.ts';
import type { Platform } from '../../kernel/ports/platform.ts';
import { STOCK_FACT_TYPES } from '../../schema/events/stock-facts.ts';
import type { Scope } from '../../schema/scopes.ts';
import { awaitFacts } from './await-facts.ts';
import { answerOf, errorAnswer, jsonAnswer } from './edge-route.ts';
import type { EdgeAnswer, EdgeRequest, EdgeRoute } from './edge-route.ts';
import { isSource, type Inbox, type MessageOutcome } from './inbox.ts';
import { inboundOf, IngestRequest, type IngestMessage } from './ingest-message.ts';

export interface IngestEndpointOptions {
  readonly inbox: Inbox;
  readonly platform: Pick<Platform, 'clock' | 'ids' | 'rpc' | 'telemetry'>;
  /** @throws {Refusal} UNAUTHENTICATED; {Obstacle} RATE_LIMITED */
  authenticate(request: Pick<EdgeRequest, 'headers' | 'address'>): Promise<Identity>;
  /** Sources that nobody may speak for here, because they are connected systems. */
  readonly reservedSources: readonly string[];
  /** Largest body. Default: 8,388,608 (8 MiB). */
  readonly bodyBytesMax?: number;
}

const BODY_BYTES_MAX = 8_388_608;
const SCOPE: Scope = 'ingest:write';
/** Longest wait for the ledger that a caller may ask for. */
const WAIT_MS_MAX = 10_000;
const PATH = /^\/ingest\/([^/]+)\/?$/;

/**
 * `POST /ingest/<source>`: batches of facts from integrators, in canonical words. Answers 200 with an outcome per
 * message; refused as a whole are a missing scope, a body that does not fit, and a reserved source. With `?waitMs=` it
 * waits as long for the ledger and says besides what became of each fact of stock.
 */
export function createIngestEndpoint(options: IngestEndpointOptions): EdgeRoute {
  const bodyBytesMax = options.bodyBytesMax ?? BODY_BYTES_MAX;
  return {
    method: 'POST',
    path: '/ingest/:source',
    bodyBytesMax,
    handle: async (request) => {
      try {
        return await ingest(request, { ...options, bodyBytesMax });
      } catch (error) {
        return answerOf(error, options.platform);
      }
    },
  };
}

async function ingest(
  request: EdgeRequest,
  options: IngestEndpointOptions & { readonly bodyBytesMax: number },
): Promise<EdgeAnswer> {
  const url = new URL(request.path, 'http://hub');
  const source = PATH.exec(url.pathname)?.[1] ?? '';
  if (!isSource(source)) return errorAnswer(404, { code: 'BAD_USER_INPUT', message: 'The path names no source.' });
  if (request.method !== 'POST') return errorAnswer(405, { code: 'BAD_USER_INPUT', message: 'Only POST is taken.' });
  const identity = await options.authenticate(request);
  if (!isAuthenticated(identity)) throw new Refusal('UNAUTHENTICATED', 'Handing facts in needs a token.');
  if (!hasScope(identity, SCOPE))
    throw new Refusal('FORBIDDEN', `The token lacks the scope ${SCOPE}.`, { scope: SCOPE });
  if (options.reservedSources.includes(source)) {
    throw new Refusal('FORBIDDEN', `${source} speaks for itself.`, { source });
  }
  const messages = readMessages(request.rawBody, options.bodyBytesMax);
  const waitMs = readWaitMs(url.searchParams.get('waitMs'));
  const outcomes = await options.inbox.receive(source, messages.map(inboundOf));
  if (waitMs === undefined) return jsonAnswer(200, { outcomes });
  return jsonAnswer(200, { outcomes: await withLedger(outcomes, { source, messages, waitMs, options }) });
}

interface Waiting {
  readonly source: string;
  readonly messages: readonly IngestMessage[];
  readonly waitMs: number;
  readonly options: IngestEndpointOptions;
}

/** Adds to each fact of stock that entered, now or before, what became of it. */
async function withLedger(
  outcomes: readonly MessageOutcome[],
  { source, messages, waitMs, options }: Waiting,
): Promise<readonly object[]> {
  const isAsked = ({ outcome }: MessageOutcome, index: number): boolean =>
    (outcome === 'ACCEPTED' || outcome === 'DUPLICATE') && isStockFact(messages[index]?.type);
  const eventIds = outcomes.filter(isAsked).map(({ eventId }) => eventId);
  const found = await awaitFacts(options.platform, { system: source, eventIds, waitMs });
  return outcomes.map((outcome, index) => {
    const ledger = isAsked(outcome, index) ? found.get(outcome.eventId) : undefined;
    if (!ledger) return outcome;
    const { state, parkedLines } = ledger;
    return { ...outcome, ledger: parkedLines.length > 0 ? { state, parkedLines } : { state } };
  });
}

function isStockFact(type: string | undefined): boolean {
  return STOCK_FACT_TYPES.some((each) => each === type);
}

function readWaitMs(text: string | null): number | undefined {
  if (text === null) return undefined;
  const waitMs = /^\d{1,5}$/.test(text) ? Number(text) : -1;
  if (waitMs >= 0 && waitMs <= WAIT_MS_MAX) return waitMs;
  throw new Refusal('BAD_USER_INPUT', `waitMs must be 0 to ${WAIT_MS_MAX}.`, { field: 'waitMs', max: WAIT_MS_MAX });
}

function readMessages(rawBody: Buffer, bodyBytesMax: number): readonly IngestMessage[] {
  if (rawBody.length > bodyBytesMax) {
    throw new Refusal('PAYLOAD_TOO_LARGE', `The body is larger than ${bodyBytesMax} bytes.`, { bodyBytesMax });
  }
  return parseAs(IngestRequest, parseJson(rawBody), 'body').messages;
}

function parseJson(rawBody: Buffer): unknown {
  try {
    return JSON.parse(rawBody.toString('utf8'));
  } catch (error) {
    throw new Refusal('BAD_USER_INPUT', 'The body is not JSON.', {}, { cause: error });
  }
}
