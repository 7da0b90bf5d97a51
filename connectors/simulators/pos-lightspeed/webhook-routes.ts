import { HttpFailure } from '../runtime/http-failure.ts';
import { objectOf, textOf } from '../runtime/json-fields.ts';
import { formBody } from '../runtime/request-body.ts';
import type { Answer, Route, SimulatorRequest } from '../runtime/router.ts';
import type { LightspeedEstate } from './lightspeed-estate.ts';
import { WEBHOOK_TYPES } from './lightspeed-webhooks.ts';
import type { LightspeedSubscription } from './lightspeed-webhooks.ts';

export function webhookRoutes(estate: LightspeedEstate): readonly Route[] {
  const { webhooks } = estate;
  return [
    { method: 'GET', path: '/api/webhooks', handle: () => ({ body: webhooks.subscriptions().map(written) }) },
    { method: 'POST', path: '/api/webhooks', handle: (request) => create(estate, request) },
    {
      method: 'DELETE',
      path: '/api/webhooks/:id',
      handle: ({ params }) => {
        if (!webhooks.unsubscribe(params['id'] ?? '')) throw new HttpFailure(404, 'NOT_FOUND', 'Webhook not found');
        return { status: 204 };
      },
    },
  ];
}

/** Form-encoded like the notifications themselves: one field `data` that holds JSON. */
function create(estate: LightspeedEstate, request: SimulatorRequest): Answer {
  const data = objectOf(parse(formBody(request).get('data') ?? ''), 'data');
  const type = textOf(data, 'type');
  if (!WEBHOOK_TYPES.includes(type))
    throw new HttpFailure(400, 'BAD_REQUEST', `unknown type ${type}`, { field: 'type' });
  return { status: 201, body: written(estate.webhooks.subscribe({ url: textOf(data, 'url'), types: [type] })) };
}

function written({ id, url, types }: LightspeedSubscription): unknown {
  return { id, url, type: types.join(','), active: true };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new HttpFailure(400, 'BAD_REQUEST', 'data must hold JSON', { field: 'data' });
  }
}
