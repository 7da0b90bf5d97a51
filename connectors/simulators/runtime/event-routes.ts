import { HttpFailure } from './http-failure.ts';
import { textOf } from './json-fields.ts';
import type { NumberedEvents, WebhookEndpoint } from './numbered-events.ts';
import { jsonBody, limitOf } from './request-body.ts';
import type { Answer, Route, SimulatorRequest } from './router.ts';

/** How events are polled for, and who they are pushed to. */
export function eventRoutes(events: NumberedEvents): readonly Route[] {
  return [
    { method: 'GET', path: '/v1/events', handle: (request) => eventPage(events, request) },
    { method: 'GET', path: '/v1/webhook_endpoints', handle: () => ({ body: { data: events.webhooks().map(hidden) } }) },
    {
      method: 'POST',
      path: '/v1/webhook_endpoints',
      handle: (request) => {
        const webhook = events.subscribe(textOf(jsonBody(request), 'url'));
        return { status: 201, body: { ...hidden(webhook), secret: webhook.secret } };
      },
    },
    {
      method: 'DELETE',
      path: '/v1/webhook_endpoints/:id',
      handle: ({ params }) => {
        if (events.unsubscribe(params['id'] ?? '')) return { status: 204 };
        throw new HttpFailure(404, 'webhook_endpoint_not_found', 'There is no such webhook endpoint.');
      },
    },
  ];
}

function eventPage(events: NumberedEvents, { query }: SimulatorRequest): Answer {
  const after = Number(query.get('after') ?? '0');
  if (!Number.isSafeInteger(after) || after < 0) {
    throw new HttpFailure(400, 'after_invalid', 'after must be 0 or more.', { field: 'after' });
  }
  // Zero asks from the oldest that is kept; any other number must still be continued without a gap.
  if (after !== 0 && (after + 1 < events.oldest || after > events.head)) {
    throw new HttpFailure(410, 'events_gone', 'The events after this one are not kept.', { field: 'after' });
  }
  const data = events.after(after, limitOf(query.get('limit'), { otherwise: 100, max: 500 }));
  const last = data.at(-1)?.sequence ?? events.head;
  return { body: { data, next_after: last, has_more: last < events.head } };
}

function hidden({ id, url }: WebhookEndpoint): Readonly<Record<string, unknown>> {
  return { id, url };
}
