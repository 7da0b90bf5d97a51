import type { Platform } from '../../../kernel/ports/platform.ts';
import type { RoutedOrder, RouteOrder } from '../../../schema/commands/outbound-routing.ts';
import { bearerToken } from '../../runtime/authorisation.ts';
import { reversed } from '../../runtime/code-mapping.ts';
import type { Connection } from '../../runtime/connection.ts';
import { createHttpClient, type HttpClient } from '../../runtime/http-client.ts';
import type { HttpLimits } from '../../runtime/http-limits.ts';
import { numberedFeed } from '../../runtime/numbered-events.ts';
import { parseAnswer } from '../../runtime/parse-answer.ts';
import { UpstreamRejected } from '../../runtime/upstream-errors.ts';
import { VendorPace, type PaceLimits } from '../../runtime/vendor-pace.ts';
import type { Oms } from '../port.ts';
import { routingHandlers } from '../routing-handlers.ts';
import { omsEvents, omsMessage, omsReceiver } from './plain-oms-intake.ts';
import type { PlainOmsMapping } from './plain-oms-mapping.ts';
import { OmsOrder, OmsStop } from './plain-oms-objects.ts';

export interface PlainOmsOptions {
  /** The name of this system as a source, such as `oms-main`. */
  readonly system: string;
  readonly baseUrl: string;
  readonly accessToken: string;
  /** Signs webhooks. */
  readonly webhookSecret: string;
  readonly mapping: PlainOmsMapping;
  readonly platform: Pick<Platform, 'clock' | 'telemetry'>;
  readonly limits?: Partial<HttpLimits>;
  /** Those that differ from PACE_LIMITS. */
  readonly paceLimits?: Partial<PaceLimits>;
}

export function connectPlainOms(options: PlainOmsOptions): Connection<Oms> {
  const { system, baseUrl, mapping, platform, limits = {}, paceLimits = {} } = options;
  const pace = new VendorPace(platform.clock, paceLimits);
  const authorisation = bearerToken(options.accessToken);
  const http = createHttpClient({ system, baseUrl, authorisation, limits, pace, ...platform });
  const port = new PlainOms({ system, http, mapping });
  return {
    port,
    commands: routingHandlers(port),
    mapping,
    pace,
    readAgain: async ({ body }, rows) => [omsMessage(body, { system, mapping: { ...mapping, ...rows } })],
    receiver: omsReceiver({ system, mapping, secret: options.webhookSecret }),
    feeds: [numberedFeed(omsEvents({ system, mapping }), http)],
    close: () => http.close(),
  };
}

/** To whom it is sent; nothing where nobody told it. */
function recipientOf({ shipTo }: RouteOrder) {
  if (!shipTo) return {};
  const { name, street, city, postalCode: postal_code, country } = shipTo;
  return { name, street, city, postal_code, country };
}

interface OmsParts {
  readonly system: string;
  readonly http: HttpClient;
  readonly mapping: PlainOmsMapping;
}

const UNKNOWN = 422;

class PlainOms implements Oms {
  readonly system: string;
  readonly #parts: OmsParts;

  constructor(parts: OmsParts) {
    this.system = parts.system;
    this.#parts = parts;
  }

  async route(order: RouteOrder): Promise<RoutedOrder> {
    const { json } = await this.#parts.http.request({
      method: 'PUT',
      path: `/v1/orders/${encodeURIComponent(order.order)}`,
      isIdempotent: true,
      json: {
        channel: order.channel,
        number: order.number,
        placed_at: order.placedAt,
        ship_to: { country: order.country, postal_code: order.postalCode, ...recipientOf(order) },
        lines: order.lines.map(({ orderLine, sku, quantity, reservations }) => {
          return { reference: orderLine, sku, quantity, reservations };
        }),
      },
    });
    return { document: parseAnswer(this.system, OmsOrder, json).id };
  }

  async stop(order: string, location: string): Promise<'CANCELLED' | 'REFUSED'> {
    const [node] = reversed(this.#parts.mapping.locations).get(location) ?? [];
    if (node === undefined) {
      throw new UpstreamRejected(this.system, { status: UNKNOWN, words: `It has no node for ${location}.` });
    }
    const { json } = await this.#parts.http.request({
      method: 'POST',
      path: `/v1/orders/${encodeURIComponent(order)}/stop`,
      isIdempotent: true,
      json: { node },
    });
    return parseAnswer(this.system, OmsStop, json).outcome === 'stopped' ? 'CANCELLED' : 'REFUSED';
  }
}
