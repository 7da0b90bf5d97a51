import { Type, type Static } from '@sinclair/typebox';
import type { Platform } from '../../../kernel/ports/platform.ts';
import type { Milestone } from '../../../schema/commands/outbound-messages.ts';
import { bearerToken } from '../../runtime/authorisation.ts';
import type { PolledConnection } from '../../runtime/connection.ts';
import { createHttpClient, type HttpClient } from '../../runtime/http-client.ts';
import type { HttpLimits } from '../../runtime/http-limits.ts';
import { parseAnswer } from '../../runtime/parse-answer.ts';
import { VendorPace, type PaceLimits } from '../../runtime/vendor-pace.ts';
import { messageHandlers } from '../message-handlers.ts';
import type { CustomerMessage, Messenger, SentMessage } from '../port.ts';
import type { TemplateSet } from '../templates/template-set.ts';

export interface PlainMessengerOptions {
  /** The name of this system as a source, such as `messages-main`. */
  readonly system: string;
  readonly baseUrl: string;
  readonly accessToken: string;
  readonly templates: TemplateSet;
  readonly platform: Pick<Platform, 'clock' | 'telemetry'>;
  readonly limits?: Partial<HttpLimits>;
  /** Those that differ from PACE_LIMITS. */
  readonly paceLimits?: Partial<PaceLimits>;
}

const Message = Type.Object({
  id: Type.String({ minLength: 1, maxLength: 200 }),
  status: Type.Union([Type.Literal('accepted'), Type.Literal('suppressed')]),
});
const MessageList = Type.Object({ data: Type.Array(Message) });

/** It tells nothing by itself, so there is nothing to poll. */
export function connectPlainMessenger(options: PlainMessengerOptions): PolledConnection<Messenger> {
  const { system, baseUrl, templates, platform, limits = {}, paceLimits = {} } = options;
  const pace = new VendorPace(platform.clock, paceLimits);
  const authorisation = bearerToken(options.accessToken);
  const http = createHttpClient({ system, baseUrl, authorisation, limits, pace, ...platform });
  const port = new PlainMessenger({ system, http, templates });
  const commands = messageHandlers(port, { templates, clock: platform.clock });
  return { port, commands, pace, feeds: [], close: () => http.close() };
}

interface MessengerParts {
  readonly system: string;
  readonly http: HttpClient;
  readonly templates: TemplateSet;
}

class PlainMessenger implements Messenger {
  readonly system: string;
  readonly milestones: readonly Milestone[];
  readonly #http: HttpClient;

  constructor({ system, http, templates }: MessengerParts) {
    this.system = system;
    this.milestones = templates.milestones;
    this.#http = http;
  }

  async send({ idempotencyKey, customer, channel, ...message }: CustomerMessage): Promise<SentMessage> {
    const { json } = await this.#http.request({
      method: 'POST',
      path: '/v1/messages',
      headers: { 'idempotency-key': idempotencyKey },
      isIdempotent: true,
      json: { reference: idempotencyKey, recipient: { customer, channel }, ...message },
    });
    return sentOf(parseAnswer(this.system, Message, json));
  }

  async find(idempotencyKey: string): Promise<SentMessage | undefined> {
    const path = `/v1/messages?reference=${encodeURIComponent(idempotencyKey)}`;
    const { json } = await this.#http.request({ method: 'GET', path, isIdempotent: true });
    const [found] = parseAnswer(this.system, MessageList, json).data;
    return found && sentOf(found);
  }
}

const sentOf = ({ id, status }: Static<typeof Message>): SentMessage => ({
  message: id,
  status: status === 'accepted' ? 'ACCEPTED' : 'SUPPRESSED',
});
