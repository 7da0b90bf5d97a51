import { describe, expect, test } from '@jest/globals';
import { EMPTY_MANIFEST } from './documents/document-manifest.ts';
import { EdgeConfigFaults, readEdgeConfig } from './edge-config.ts';
import type { EdgeConfig } from './edge-config.ts';
import { DEFAULT_GATEWAY_LIMITS } from './gateway-limits.ts';
import { sha256 } from './planner/open-planner.ts';

const BODY = 'query A { a }';
const MANIFEST = { ...EMPTY_MANIFEST, operations: [{ id: sha256(BODY), name: 'A', type: 'query', body: BODY }] };
const FILES: Readonly<Record<string, string>> = {
  'manifest.json': JSON.stringify(MANIFEST),
  'c.pem': 'C',
  'k.pem': 'K',
};

function read(value: unknown, isProduction = false): EdgeConfig {
  const readFile = (path: string): string => {
    const text = FILES[path];
    if (text === undefined) throw new Error(`There is no file ${path}.`);
    return text;
  };
  return readEdgeConfig(typeof value === 'string' ? value : JSON.stringify(value), { readFile, isProduction });
}

function faultsOf(value: unknown): readonly string[] {
  try {
    read(value);
  } catch (error) {
    if (error instanceof EdgeConfigFaults) return error.faults;
    throw error;
  }
  return [];
}

describe('the configuration of the edge', () => {
  test('may be empty, and then tells the schema outside of production alone', () => {
    expect(read({}).policy.introspection).toBe(true);
    expect(read({}, true).policy.introspection).toBe(false);
    expect(read({ introspection: true }, true).policy.introspection).toBe(true);
  });

  test('takes every limit by its name, and no other', () => {
    const limits = Object.fromEntries(Object.keys(DEFAULT_GATEWAY_LIMITS).map((name) => [name, 7]));
    const { policy, plannerLimits } = read({ limits });
    expect(plannerLimits).toMatchObject({ planMsMax: 7, readMsMax: 7 });
    for (const part of [policy.operationLimits, policy.costLimits, policy.clientLimits, policy.httpLimits]) {
      expect(part).toMatchObject({ depthMax: 7, costMax: 7, requestsPerWindowMax: 7, bodyBytesMax: 7 });
    }
    expect(faultsOf({ limits: { depth: 7 } })).toEqual(['/limits must NOT have additional properties (depth).']);
    expect(faultsOf({ limits: { depthMax: 0 } })).toEqual(['/limits/depthMax must be >= 1.']);
  });

  test('runs registered operations alone in production, where there are any', () => {
    const documents = { manifest: 'manifest.json' };
    expect(read({ documents }).policy.trustedDocuments).toMatchObject({ onlyRegistered: false, automatic: false });
    expect(read({ documents }, true).policy.trustedDocuments).toEqual({
      operations: MANIFEST.operations,
      onlyRegistered: true,
      automatic: false,
    });
    expect(read({}, true).policy.trustedDocuments).toMatchObject({ onlyRegistered: false });
  });

  test('reads the files that it names', () => {
    expect(read({ tls: { certificateFile: 'c.pem', privateKeyFile: 'k.pem' } }).policy.tls).toEqual({
      certificate: 'C',
      privateKey: 'K',
    });
    expect(faultsOf({ documents: { manifest: 'gone.json' } })).toEqual(['There is no file gone.json.']);
  });

  test('hands on what it is told', () => {
    const policy = {
      access: 'refuse',
      csrf: 'always',
      trustedProxies: 2,
      usageScope: 'admin',
      cors: { origins: ['https://shop.example'], credentials: true },
      contracts: [{ name: 'partner', exclude: ['internal'], forScopes: ['partner'] }],
    };
    expect(read(policy).policy).toMatchObject(policy);
    expect(read({ clients: { acme: { costPerWindowMax: 9 } } }).policy.clientOverrides).toEqual({
      acme: { costPerWindowMax: 9 },
    });
    const authentication = { issuer: 'i', audience: 'a', jwksUrl: 'https://i.example/jwks', anonymous: false };
    expect(read({ authentication }).authentication).toEqual(authentication);
  });

  test('says how subgraphs are reached, and how much is kept', () => {
    const subgraphs = {
      shop: {
        propagatedHeaders: ['x-tenant'],
        mergesEntityFetches: true,
        limits: { timeoutMs: 500, queryAttemptsMax: 1 },
      },
    };
    expect(read({ subgraphs, cacheBytesMax: 1_000 })).toMatchObject({ subgraphs, cacheBytesMax: 1_000 });
    expect(read({})).toMatchObject({ subgraphs: {}, cacheBytesMax: 0 });
    expect(read({ subscriptionLimits: { connectionsMax: 5 } }).subscriptionLimits).toEqual({ connectionsMax: 5 });
    expect(faultsOf({ subscriptionLimits: { connections: 5 } })).toHaveLength(1);
    expect(faultsOf({ subgraphs: { shop: { limits: { retries: 1 } } } })).toEqual([
      '/subgraphs/shop/limits must NOT have additional properties (retries).',
    ]);
    expect(faultsOf({ subgraphs: { shop: { propagatedHeaders: ['X-Tenant'] } } })).toHaveLength(1);
  });

  test('has all its faults told at once', () => {
    const faults = faultsOf({ access: 'maybe', trustedProxies: -1, authentication: { issuer: 1 }, surprise: 1 });
    expect(faults.join('\n')).toMatch(/surprise/);
    expect(faults.join('\n')).toMatch(/access/);
    expect(faults.join('\n')).toMatch(/trustedProxies/);
    expect(faults.join('\n')).toMatch(/issuer/);
    expect(faultsOf({ authentication: { issuer: 'i' } })).toEqual([
      '/authentication issuer, audience and jwksUrl go together.',
    ]);
    expect(faultsOf('{')).toEqual([expect.stringMatching(/^It is no JSON/)]);
  });
});
