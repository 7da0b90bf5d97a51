import { once } from 'node:events';
import { afterEach, describe, expect, test } from '@jest/globals';
import { WebSocket } from 'ws';
import type { Identity } from '../../kernel/model/identity.ts';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { AUDIENCE_CONTRACTS } from '../../schema/contracts.ts';
import { ROLES } from '../../schema/scopes.ts';
import type { EdgePolicy } from '../edge-policy.ts';
import { sha256 } from '../planner/open-planner.ts';
import { LOCALHOST_CERTIFICATE } from '../testing/localhost-certificate.ts';
import { openLiveGateway, type LiveGateway } from './testing/live-gateway.ts';

/** What holds at the edge over HTTP holds over sockets: contracts, budgets, registered operations. */

const LIVE = 'subscription Live { availabilityChanged(channel: "WEB") { cursor changes { available } } }';
const QUERY = 'query Ask { channels { id } }';
const PARTNER: Identity = { subject: 'p', clientId: 'p', scopes: ROLES.integrator, stores: '*' };

let gateway: LiveGateway;
afterEach(() => gateway.close());

interface Message {
  readonly id?: string;
  readonly type: string;
  readonly payload?: unknown;
}

async function open(policy: EdgePolicy): Promise<void> {
  gateway = await openLiveGateway({}, policy);
  gateway.addCaller('partner', PARTNER);
}

/** Sends operations one after the other, each under its own id; what comes back first for each. */
async function exchange(payloads: readonly object[], token?: string): Promise<readonly unknown[]> {
  const { certificate: ca } = LOCALHOST_CERTIFICATE;
  const socket = new WebSocket(gateway.url, 'graphql-transport-ws', { ca });
  const received: Message[] = [];
  socket.on('message', (data: Buffer) => received.push(JSON.parse(data.toString()) as Message));
  await once(socket, 'open');
  const payload = token === undefined ? {} : { authorization: `Bearer ${token}` };
  socket.send(JSON.stringify({ type: 'connection_init', payload }));
  await waitFor(() => received.length === 1, 'the acknowledgement');
  const answers: unknown[] = [];
  for (const [index, each] of payloads.entries()) {
    const id = String(index);
    socket.send(JSON.stringify({ id, type: 'subscribe', payload: each }));
    const first = await waitFor(() => received.find((message) => message.id === id), `an answer to ${id}`);
    answers.push(first.type === 'error' ? codeOf(first) : first.type);
  }
  socket.terminate();
  return answers;
}

function codeOf({ payload }: Message): string | undefined {
  return (payload as readonly { readonly extensions: { readonly code: string } }[])[0]?.extensions.code;
}

describe('over a socket', () => {
  test('registered operations alone are run, by text or by hash', async () => {
    const operations = [LIVE, QUERY].map((body) => ({ id: sha256(body), name: 'x', type: 'query' as const, body }));
    const byHash = (text: string) => ({
      query: '',
      extensions: { persistedQuery: { version: 1, sha256Hash: sha256(text) } },
    });
    await open({ trustedDocuments: { operations, onlyRegistered: true } });
    const answers = await exchange([
      { query: LIVE },
      byHash(LIVE),
      byHash(QUERY),
      { query: `${LIVE} ` },
      { query: '{ channels { currency } }' },
      byHash('{ other }'),
    ]);
    expect(answers).toEqual([
      'next',
      'next',
      'next',
      'DOCUMENT_NOT_TRUSTED',
      'DOCUMENT_NOT_TRUSTED',
      'PERSISTED_QUERY_NOT_FOUND',
    ]);
  });

  test('a client is held to its rate and its budget', async () => {
    await open({ clientLimits: { requestsPerWindowMax: 3, costPerWindowMax: 12 } });
    const answers = await exchange([{ query: LIVE }, { query: LIVE }, { query: '{ __typename }' }, { query: LIVE }]);
    expect(answers).toEqual(['next', 'COST_BUDGET_EXCEEDED', 'next', 'RATE_LIMITED']);
  });

  test('the same is served over TLS', async () => {
    await open({ tls: LOCALHOST_CERTIFICATE });
    expect(gateway.url).toMatch(/^wss:/);
    expect(await exchange([{ query: LIVE }, { query: QUERY }])).toEqual(['next', 'next']);
  });

  test('a caller is shown the subscriptions and fields of its contract alone', async () => {
    await open({ contracts: AUDIENCE_CONTRACTS });
    const orders = 'subscription { orderStatusChanged(channel: "WEB") { cursor changes { order { id } } } }';
    const positions = 'subscription { positionChanged(location: "S1") { cursor } }';
    const explained = LIVE.replace('available }', 'sku { availability(channel: "WEB") { terms { kind } } } }');
    const asked = [LIVE, orders, positions, explained].map((query) => ({ query }));
    const unknown = 'GRAPHQL_VALIDATION_FAILED';
    const seen: Record<string, readonly unknown[]> = {};
    for (const caller of ['shopper', 'partner', 'agent']) seen[caller] = await exchange(asked, caller);
    expect(seen).toEqual({
      shopper: ['next', 'next', unknown, unknown],
      partner: ['next', unknown, 'next', 'next'],
      agent: ['next', 'next', 'next', 'next'],
    });
  });
});
