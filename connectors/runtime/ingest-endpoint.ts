import { Refusal } from '../../kernel/model/errors.ts';
import { hasScope, isAuthenticated, type Identity } from '../../kernel/model/identity.ts';
import { parseAs } from '../../kernel/model/json-schema.ts';
import type { Platform } from '../../kernel/ports/platform.ts';
import type { Scope } from '../../schema/scopes.ts';
import { answerOf, errorAnswer, jsonAnswer } from './edge-route.ts';
import type { EdgeAnswer, EdgeRequest, EdgeRoute } from './edge-route.ts';
import { isSource, type Inbox } from './inbox.ts';
import { inboundOf, IngestRequest, type IngestMessage } from './ingest-message.ts';

export interface IngestEndpointOptions {
  readonly inbox: Inbox;
  readonly platform: Pick<Platform, 'ids' | 'telemetry'>;
  /** @throws {Refusal} UNAUTHENTICATED */
  authenticate(headers: EdgeRequest['headers']): Promise<Identity>;
  /** Sources that nobody may speak for here, because they are connected systems. */
  readonly reservedSources: readonly string[];
  /** Largest body. Default: 8,388,608 (8 MiB). */
  readonly bodyBytesMax?: number;
}

const BODY_BYTES_MAX = 8_388_608;
const SCOPE: Scope = 'ingest:write';
const PATH = /^\/ingest\/([^/]+)\/?$/;

/**
 * `POST /ingest/<source>`: batches of facts from integrators, in canonical words. Answers 200 with an outcome per
 * message; refused as a whole are a missing scope, a body that does not fit, and a reserved source.
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
  const source = PATH.exec(new URL(request.path, 'http://hub').pathname)?.[1] ?? '';
  if (!isSource(source)) return errorAnswer(404, { code: 'BAD_USER_INPUT', message: 'The path names no source.' });
  if (request.method !== 'POST') return errorAnswer(405, { code: 'BAD_USER_INPUT', message: 'Only POST is taken.' });
  const identity = await options.authenticate(request.headers);
  if (!isAuthenticated(identity)) throw new Refusal('UNAUTHENTICATED', 'Handing facts in needs a token.');
  if (!hasScope(identity, SCOPE))
    throw new Refusal('FORBIDDEN', `The token lacks the scope ${SCOPE}.`, { scope: SCOPE });
  if (options.reservedSources.includes(source)) {
    throw new Refusal('FORBIDDEN', `${source} speaks for itself.`, { source });
  }
  const messages = readMessages(request.rawBody, options.bodyBytesMax);
  return jsonAnswer(200, { outcomes: await options.inbox.receive(source, messages.map(inboundOf)) });
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
