import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openLiveGateway, type LiveGateway } from '../testing/live-gateway.ts';

let gateway: LiveGateway;
let url: string;
beforeEach(async () => {
  gateway = await openLiveGateway({}, { clientLimits: { requestsPerWindowMax: 2 } });
  url = gateway.url.replace('ws', 'http');
});
afterEach(() => gateway.close());

const get = (query: string, headers: Record<string, string> = {}) =>
  fetch(`${url}?query=${encodeURIComponent(query)}`, { headers: { accept: 'text/event-stream', ...headers } });

describe('a stream by GET', () => {
  test('changes nothing', async () => {
    const cancel = 'mutation { cancelReservation(input: { idempotencyKey: "k", reservation: "r" }) { changeCursor } }';
    const refused = await get(cancel, { authorization: 'Bearer store' });
    expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'POST']);
    expect(gateway.fetched).toEqual([]);
  });

  test('is not opened for a page of another origin', async () => {
    const forged = await get('{ __typename }', { 'user-agent': 'Mozilla/5.0', 'sec-fetch-site': 'cross-site' });
    expect(forged.status).toBe(400);
  });

  test('counts like any request', async () => {
    for (let n = 0; n < 2; n++) expect(await (await get('{ __typename }')).text()).toContain('"__typename":"Query"');
    const refused = await get('{ __typename }');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '30']);
  });
});
