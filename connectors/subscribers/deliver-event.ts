import { Webhook } from 'standardwebhooks';
import { request, type Dispatcher } from 'undici';
import { Obstacle } from '../../kernel/model/errors.ts';
import type { Clock } from '../../kernel/ports/clock.ts';
import type { CommandHandler } from '../runtime/command-handler.ts';
import { retryAfterMs } from '../runtime/retry-after.ts';
import type { CloudEvent } from './cloud-event.ts';

export interface DeliverParts {
  readonly system: string;
  readonly url: string;
  /** `whsec_` and base64, as Standard Webhooks writes it. */
  readonly secret: string;
  readonly clock: Clock;
  readonly dispatcher: Dispatcher;
  readonly timeoutMs: number;
}

/** A consumer that answers, and does not take an event. It is tried again, and given up after a while. */
class DeliveryRefused extends Error {
  constructor(system: string, status: number) {
    super(`${system} answered ${status}.`);
    this.name = 'DeliveryRefused';
  }
}

/**
 * Posts one event, signed. Only 2xx takes it.
 * Source: Standard Webhooks 1.0.0; CloudEvents 1.0.2, HTTP protocol binding, structured mode
 */
export function deliverEvent(parts: DeliverParts): CommandHandler {
  const webhook = new Webhook(parts.secret);
  return {
    perform: async (payload) => {
      const event = payload as CloudEvent;
      const body = JSON.stringify(event);
      const at = new Date(parts.clock.nowMs());
      const { status, retryAfter } = await post(parts, {
        body,
        headers: {
          'content-type': 'application/cloudevents+json; charset=utf-8',
          'webhook-id': event.id,
          'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
          'webhook-signature': webhook.sign(event.id, at, body),
        },
      });
      if (status >= 200 && status < 300) return { status };
      if (status !== 429 && status !== 408 && status < 500) throw new DeliveryRefused(parts.system, status);
      const askedMs = retryAfterMs(retryAfter, parts.clock.nowMs());
      throw new Obstacle('UPSTREAM_UNAVAILABLE', `${parts.system} answered ${status}.`, {
        system: parts.system,
        status,
        ...(askedMs !== undefined && { retryAfterMs: askedMs }),
      });
    },
  };
}

async function post(
  { system, url, dispatcher, timeoutMs }: DeliverParts,
  { body, headers }: { readonly body: string; readonly headers: Readonly<Record<string, string>> },
): Promise<{ readonly status: number; readonly retryAfter: string | undefined }> {
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    const answer = await request(url, { method: 'POST', headers, body, dispatcher, signal });
    // What it says besides is of no interest, and must not hold the connection.
    await answer.body.dump();
    const retryAfter = answer.headers['retry-after'];
    return { status: answer.statusCode, retryAfter: Array.isArray(retryAfter) ? retryAfter[0] : retryAfter };
  } catch (error) {
    throw new Obstacle('UPSTREAM_UNAVAILABLE', `${system} does not answer.`, { system }, { cause: error });
  }
}
