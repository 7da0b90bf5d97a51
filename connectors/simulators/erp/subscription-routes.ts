import { HttpFailure } from '../runtime/http-failure.ts';
import { jsonBody } from '../runtime/request-body.ts';
import type { Route } from '../runtime/router.ts';
import type { SubscriptionDesk } from './subscription-desk.ts';

const PATH = '/api/v2.0/subscriptions';

export function subscriptionRoutes(desk: SubscriptionDesk): readonly Route[] {
  return [
    { method: 'GET', path: PATH, handle: () => ({ body: { value: desk.list() } }) },
    {
      method: 'POST',
      path: PATH,
      handle: async (request) => ({ status: 201, body: await desk.create(jsonBody(request)) }),
    },
    { method: 'GET', path: `${PATH}(':id')`, handle: ({ params }) => ({ body: desk.one(params['id'] ?? '') }) },
    {
      method: 'PATCH',
      path: `${PATH}(':id')`,
      handle: async ({ params, headers }) => {
        const ifMatch = headers['if-match'];
        if (ifMatch === undefined) {
          throw new HttpFailure(400, 'BadRequest', 'The request must contain the header If-Match.');
        }
        return { body: await desk.renew(params['id'] ?? '', ifMatch) };
      },
    },
    {
      method: 'DELETE',
      path: `${PATH}(':id')`,
      handle: ({ params }) => {
        desk.remove(params['id'] ?? '');
        return { status: 204 };
      },
    },
  ];
}
