import { HttpFailure } from '../runtime/http-failure.ts';
import { objectOf, optionalTextOf, textOf, textsOf } from '../runtime/json-fields.ts';
import { jsonBody } from '../runtime/request-body.ts';
import type { Answer, Route, SimulatorRequest } from '../runtime/router.ts';
import type { SquareEstate } from './square-estate.ts';
import { EVENT_TYPES } from './square-webhooks.ts';
import type { SquareSubscription } from './square-webhooks.ts';

const PATH = '/v2/webhooks/subscriptions';

export function webhookRoutes(estate: SquareEstate): readonly Route[] {
  const { webhooks } = estate;
  return [
    { method: 'GET', path: PATH, handle: () => ({ body: { subscriptions: webhooks.subscriptions().map(hidden) } }) },
    { method: 'POST', path: PATH, handle: (request) => create(estate, request) },
    {
      method: 'GET',
      path: `${PATH}/:subscription_id`,
      handle: ({ params }) => {
        const subscription = webhooks.subscription(params['subscription_id'] ?? '');
        if (subscription === undefined) throw notFound();
        return { body: { subscription: hidden(subscription) } };
      },
    },
    {
      method: 'DELETE',
      path: `${PATH}/:subscription_id`,
      handle: ({ params }) => {
        if (!webhooks.unsubscribe(params['subscription_id'] ?? '')) throw notFound();
        return { body: {} };
      },
    },
  ];
}

function create(estate: SquareEstate, request: SimulatorRequest): Answer {
  const input = objectOf(jsonBody(request)['subscription'], 'subscription');
  const eventTypes = textsOf(input, 'event_types', 50);
  const unknown = eventTypes.find((type) => !EVENT_TYPES.includes(type));
  if (unknown !== undefined)
    throw new HttpFailure(400, 'INVALID_VALUE', `unknown event type ${unknown}`, { field: 'event_types' });
  const subscription = estate.webhooks.subscribe({
    url: textOf(input, 'notification_url'),
    eventTypes,
    name: optionalTextOf(input, 'name') ?? 'subscription',
  });
  return { body: { subscription: { ...hidden(subscription), signature_key: subscription.signatureKey } } };
}

/** Only the answer to its creation shows the signature key. */
function hidden(subscription: SquareSubscription): Record<string, unknown> {
  const createdAt = new Date(subscription.createdAtMs).toISOString();
  return {
    id: subscription.id,
    name: subscription.name,
    enabled: true,
    event_types: subscription.eventTypes,
    notification_url: subscription.url,
    created_at: createdAt,
    updated_at: createdAt,
  };
}

function notFound(): HttpFailure {
  return new HttpFailure(404, 'NOT_FOUND', 'There is no such webhook subscription.');
}
