import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readManifest } from '../../gateway/documents/document-manifest.ts';
import { openLiveGateway } from '../../gateway/subscriptions/testing/live-gateway.ts';
import { AUDIENCE_CONTRACTS } from '../../schema/contracts.ts';
import { publishFolder } from './publish-folder.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stockwire-documents-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const put = (name: string, text: string) => writeFileSync(join(folder, name), text);
const manifest = () => readManifest(readFileSync(join(folder, 'manifest.json'), 'utf8'));

const STOREFRONT = 'query Storefront($ids: [ID!]!) { skus(ids: $ids) { id title } }\n';
const LIVE = `subscription Live($skus: [ID!]) {
  availabilityChanged(channel: "WEB", skus: $skus) { cursor reset changes { sku { id title } available } }
}`;

describe('a hub whose platform has no planner', () => {
  test('answers registered operations and subscriptions by the plans that were shipped', async () => {
    put('storefront.graphql', STOREFRONT);
    put('live.graphql', LIVE);
    publishFolder(folder, { replace: false });
    const { plans = [] } = manifest();
    const withoutPlanner = { loadNative: () => undefined, contracts: AUDIENCE_CONTRACTS };
    await expect(openLiveGateway({}, withoutPlanner)).rejects.toThrow('This platform has no query planner');
    const gateway = await openLiveGateway({}, { ...withoutPlanner, shippedPlans: plans });
    try {
      gateway.answer = () => ({ data: { skus: [{ id: 'A', title: 'Lamp' }] } });
      const client = gateway.connect('agent');
      const first = async (query: string, variables: Record<string, unknown>) => {
        for await (const { data, errors } of client.iterate({ query, variables }))
          return data ?? errors?.[0]?.extensions;
        return undefined;
      };
      expect(await first(STOREFRONT, { ids: ['A'] })).toEqual({ skus: [{ id: 'A', title: 'Lamp' }] });
      expect(await first(LIVE, { skus: ['A'] })).toMatchObject({ availabilityChanged: { reset: true } });
      await expect(first('query Q { channels { id } }', {})).rejects.toEqual([
        expect.objectContaining({ extensions: expect.objectContaining({ code: 'DOCUMENT_NOT_TRUSTED' }) }),
      ]);
    } finally {
      await gateway.close();
    }
  });
});

describe('publishing a folder of operations', () => {
  test('registers each by its hash, with plans for the graph and for live changes', () => {
    put('storefront.graphql', STOREFRONT);
    mkdirSync(join(folder, 'live'));
    put('live/live.graphql', LIVE);
    const published = publishFolder(folder, { replace: false });
    expect(published).toMatchObject({ faults: [], operations: 2, added: 2 });
    const { operations, plans } = manifest();
    expect(operations.map(({ name, type, body }) => [name, type, body])).toEqual([
      ['Live', 'subscription', LIVE],
      ['Storefront', 'query', STOREFRONT],
    ]);
    expect(plans?.map((shipped) => Object.keys(shipped.plans).length)).toEqual([1, 1]);
  });

  test('keeps what was registered before, for clients that were released with it', () => {
    put('a.graphql', STOREFRONT);
    publishFolder(folder, { replace: false });
    put('a.graphql', STOREFRONT.replace('title', 'title unit'));
    expect(publishFolder(folder, { replace: false })).toMatchObject({ operations: 2, added: 1 });
    expect(publishFolder(folder, { replace: true })).toMatchObject({ operations: 1 });
  });

  test('writes nothing when an operation is not valid for anybody', () => {
    put('a.graphql', STOREFRONT);
    put('b.graphql', 'query B { nothing }');
    const { faults } = publishFolder(folder, { replace: false });
    expect(faults).toEqual([expect.stringMatching(/^B: Cannot query field "nothing"/)]);
    expect(manifest).toThrow('ENOENT');
  });

  test('takes an operation that only some audience is shown', () => {
    put('rules.graphql', 'query Exceptions { exceptions { edges { node { id } } } }');
    expect(publishFolder(folder, { replace: false }).faults).toEqual([]);
  });
});
