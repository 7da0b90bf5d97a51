import type { Platform } from '../../kernel/ports/platform.ts';
import { answerOf, errorAnswer, jsonAnswer } from './edge-route.ts';
import type { EdgeAnswer, EdgeRequest, EdgeRoute } from './edge-route.ts';
import type { Inbox } from './inbox.ts';
import type { WebhookReceiver, WebhookRequest } from './inbound.ts';

export interface WebhookEndpointOptions {
  readonly receivers: readonly WebhookReceiver[];
  readonly inbox: Inbox;
  readonly platform: Pick<Platform, 'ids' | 'telemetry'>;
  /** Largest body. Default: 1,048,576 (1 MiB). */
  readonly bodyBytesMax?: number;
}

const BODY_BYTES_MAX = 1_048_576;
const HANDSHAKE_LENGTH_MAX = 1_000;
const PATH = /^\/webhooks\/([^/]+)\/?$/;

/**
 * `POST /webhooks/<system>`: 2xx only when what was sent is durable or known already; 401 changes nothing; 5xx asks the
 * vendor to send it again.
 */
export function createWebhookEndpoint(options: WebhookEndpointOptions): EdgeRoute {
  const receivers = new Map(options.receivers.map((receiver) => [receiver.system, receiver]));
  const bodyBytesMax = options.bodyBytesMax ?? BODY_BYTES_MAX;
  const receive = async (request: EdgeRequest): Promise<EdgeAnswer> => {
    const url = new URL(request.path, 'http://hub');
    const receiver = receivers.get(PATH.exec(url.pathname)?.[1] ?? '');
    if (!receiver) return errorAnswer(404, { code: 'BAD_USER_INPUT', message: 'No system has this address.' });
    if (request.method !== 'POST') return errorAnswer(405, { code: 'BAD_USER_INPUT', message: 'Only POST is taken.' });
    if (request.rawBody.length > bodyBytesMax) return tooLarge(bodyBytesMax);
    const webhook = { headers: request.headers, query: url.searchParams, rawBody: request.rawBody };
    return handshakeAnswer(receiver, webhook) ?? accept(receiver, webhook, options);
  };
  return {
    method: 'POST',
    path: '/webhooks/:system',
    bodyBytesMax,
    handle: async (request) => {
      try {
        return await receive(request);
      } catch (error) {
        return answerOf(error, options.platform);
      }
    },
  };
}

/** Echoed as plain text, so that no browser takes it for a page. */
function handshakeAnswer(receiver: WebhookReceiver, webhook: WebhookRequest): EdgeAnswer | undefined {
  const echo = receiver.handshake?.(webhook);
  if (echo === undefined || echo.length > HANDSHAKE_LENGTH_MAX) return undefined;
  return { status: 200, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: echo };
}

async function accept(
  receiver: WebhookReceiver,
  webhook: WebhookRequest,
  { inbox, platform }: WebhookEndpointOptions,
): Promise<EdgeAnswer> {
  const { system } = receiver;
  try {
    receiver.verify(webhook);
  } catch (error) {
    platform.telemetry.count('webhooks_refused_total', { system });
    throw error;
  }
  const outcomes = await inbox.receive(system, await receiver.normalise(webhook));
  return jsonAnswer(200, { outcomes });
}

function tooLarge(bodyBytesMax: number): EdgeAnswer {
  return errorAnswer(413, {
    code: 'PAYLOAD_TOO_LARGE',
    message: `The body is larger than ${bodyBytesMax} bytes.`,
    details: { bodyBytesMax },
  });
}
