import { bearerToken } from '../runtime/bearer-token.ts';
import { HttpFailure } from '../runtime/http-failure.ts';
import { idempotencyKeyOf } from '../runtime/idempotency-key.ts';
import { IdempotentAnswers } from '../runtime/idempotent-answers.ts';
import { objectOf, textOf } from '../runtime/json-fields.ts';
import { jsonBody } from '../runtime/request-body.ts';
import type { Answer, Route, SimulatorRequest } from '../runtime/router.ts';
import { createSimulatorCore, serveSimulator } from '../runtime/simulator.ts';
import type { Simulator, SimulatorCore, SimulatorOptions } from '../runtime/simulator.ts';

export interface MessageSimulatorOptions extends SimulatorOptions {
  /** The bearer token that the API accepts. Default `messages-token`. */
  readonly accessToken?: string;
  /** Customers who want no messages. */
  readonly suppressed?: readonly string[];
  /** Customers whom it does not know. */
  readonly unknown?: readonly string[];
}

export interface StoredMessage {
  /** `msg_…` */
  readonly id: string;
  readonly reference: string;
  readonly customer: string;
  readonly channel: string;
  readonly order: string;
  readonly milestone: string;
  readonly language: string;
  readonly subject: string;
  readonly text: string;
  readonly status: 'accepted' | 'suppressed';
}

export interface MessageSimulator extends Simulator {
  /** The oldest first. */
  messages(): readonly StoredMessage[];
  /** Idempotency keys are forgotten, as providers do after a day; messages are not. */
  forgetKeys(): void;
}

const CONTENT_FIELDS = ['text'];
const MESSAGES_MAX = 1_000_000;

/** Who sends messages to customers, knows their addresses and what they want to hear, on a port of its own. */
export async function startMessageSimulator(options: MessageSimulatorOptions = {}): Promise<MessageSimulator> {
  const core = createSimulatorCore(options, { system: 'messages', contentFields: CONTENT_FIELDS });
  const accessToken = options.accessToken ?? 'messages-token';
  const desk: MessageDesk = { options, messages: [], answers: new IdempotentAnswers() };
  const simulator = await serveSimulator(core, {
    options,
    manners: {
      errorBody: ({ code, message, field }: HttpFailure) => ({ error: { code, message, field: field ?? null } }),
      isAuthorised: (headers) => bearerToken(headers) === accessToken,
      contentFields: CONTENT_FIELDS,
    },
    rateLimit: { capacity: 200, refillPerSecond: 100 },
    routes: messageRoutes(core, desk),
  });
  return {
    ...simulator,
    messages: () => desk.messages,
    forgetKeys: () => {
      desk.answers = new IdempotentAnswers();
    },
  };
}

interface MessageDesk {
  readonly options: MessageSimulatorOptions;
  readonly messages: StoredMessage[];
  answers: IdempotentAnswers;
}

function messageRoutes(core: SimulatorCore, desk: MessageDesk): readonly Route[] {
  return [
    {
      method: 'POST',
      path: '/v1/messages',
      handle: (request) =>
        desk.answers.once(idempotencyKeyOf(request), request.text, () => accept(core, desk, request)),
    },
    {
      method: 'GET',
      path: '/v1/messages',
      handle: ({ query }) => {
        const reference = query.get('reference');
        return { body: { data: desk.messages.filter((message) => message.reference === reference).map(shown) } };
      },
    },
  ];
}

function accept(core: SimulatorCore, { options, messages }: MessageDesk, request: SimulatorRequest): Answer {
  const body = jsonBody(request);
  const recipient = objectOf(body['recipient'], 'recipient');
  const customer = textOf(recipient, 'customer');
  if (options.unknown?.includes(customer)) {
    throw new HttpFailure(422, 'unknown_recipient', `There is no customer ${customer}.`, { field: 'recipient' });
  }
  const message: StoredMessage = {
    id: `msg_${core.ids.hex(24)}`,
    reference: textOf(body, 'reference'),
    customer,
    channel: textOf(recipient, 'channel'),
    order: textOf(body, 'order'),
    milestone: textOf(body, 'milestone'),
    language: textOf(body, 'language'),
    subject: textOf(body, 'subject'),
    text: textOf(body, 'text'),
    status: options.suppressed?.includes(customer) ? 'suppressed' : 'accepted',
  };
  messages.push(message);
  if (messages.length > MESSAGES_MAX) messages.shift();
  return { status: 202, body: shown(message) };
}

/** Its content is not told again. */
function shown({ id, reference, status }: StoredMessage): Readonly<Record<string, unknown>> {
  return { id, reference, status };
}
