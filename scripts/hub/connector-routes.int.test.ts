import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createInbox } from '../../connectors/runtime/inbox.ts';
import type { Route, RouteResponse } from '../../gateway/transport/route.ts';
import { Refusal } from '../../kernel/model/errors.ts';
import { openTestPlatform, type TestPlatform } from '../../kernel/testing/open-test-platform.ts';
import { connectorRoutes } from './connector-routes.ts';
import { NO_SYSTEMS } from './systems.ts';

let platform: TestPlatform;
let route: Route | undefined;
let verified: number;

beforeEach(async () => {
  platform = await openTestPlatform();
  verified = 0;
  const routes = connectorRoutes({
    systems: NO_SYSTEMS,
    inbox: await createInbox({ platform }),
    edge: { policy: { clientLimits: { tokenFailuresPerWindowMax: 2, windowMs: 60_000 } } },
    authenticator: {
      authenticate: async (authorization, beforeVerifying) => {
        beforeVerifying?.();
        verified++;
        if (authorization === 'Bearer good') {
          return { subject: 'feeder', clientId: 'feeder', scopes: ['ingest:write'], stores: '*' };
        }
        throw new Refusal('UNAUTHENTICATED', 'The token is not valid here.');
      },
    },
    platform,
  });
  route = routes.find(({ path }) => path === '/ingest/*');
});

afterEach(() => platform.close());

async function ingest(token: string, address: string): Promise<RouteResponse | undefined> {
  return route?.handle({
    method: 'POST',
    url: new URL('http://hub/ingest/till-1'),
    headers: { authorization: `Bearer ${token}` },
    correlationId: 'c-1',
    address,
    body: async () => Buffer.from('{"messages":[]}'),
  });
}

test('an address that hands facts in with bad tokens is turned away before another one is verified', async () => {
  for (let n = 0; n < 2; n++) expect((await ingest('bad', '192.0.2.1'))?.status).toBe(401);
  const refused = await ingest('good', '192.0.2.1');
  expect([refused?.status, refused?.headers?.['retry-after']]).toEqual([429, '30']);
  expect(verified).toBe(2);
  expect((await ingest('good', '192.0.2.2'))?.status).not.toBe(429);
  expect(verified).toBe(3);
});
