import { describe, expect, test } from '@jest/globals';
import { readDistributedConfig } from './read-distributed-config.ts';

function read(env: Readonly<Record<string, string>>) {
  const faults: string[] = [];
  return { config: readDistributedConfig(env, faults), faults };
}

describe('the configuration of processes of roles', () => {
  test('is none without the servers', () => {
    expect(read({ MONGODB_URL: 'mongodb://db/stockwire' })).toEqual({ config: undefined, faults: [] });
  });

  test('names several processes of each subgraph', () => {
    const { config, faults } = read({
      NATS_URL: 'nats://a:4222',
      STOCKWIRE_SUBGRAPHS: 'inventory=http://i1:4000, http://i2:4000; orders=http://o:4000',
      STOCKWIRE_ADVERTISED_URL: 'http://me:4000',
    });
    expect(faults).toEqual([]);
    expect(config?.advertisedUrl).toBe('http://me:4000');
    expect([...(config?.subgraphs ?? [])]).toEqual([
      ['inventory', ['http://i1:4000', 'http://i2:4000']],
      ['orders', ['http://o:4000']],
    ]);
  });

  test('tells every fault', () => {
    const { faults } = read({
      NATS_URL: 'nats://a:4222',
      MONGODB_URL: 'mongodb://db',
      STOCKWIRE_INTERNAL_PORT: 'x',
      STOCKWIRE_SUBGRAPHS: 'stock=http://i1:4000;orders=o:1/x',
      STOCKWIRE_ADVERTISED_URL: 'here',
      STOCKWIRE_CONNECTORS_URL: 'nowhere',
    });
    expect(faults.join('\n')).toMatch(
      /MONGODB_URL[\s\S]*INTERNAL_PORT[\s\S]*stock=[\s\S]*orders=[\s\S]*ADVERTISED_URL[\s\S]*CONNECTORS_URL/,
    );
  });
});
