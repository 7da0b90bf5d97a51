import { describe, expect, test } from '@jest/globals';
import { formatRpcEndpoint, parseRpcEndpoint } from './rpc-endpoint.ts';

describe('parseRpcEndpoint', () => {
  test.each(['unix:/run/stockwire/rpc.sock', 'tcp:127.0.0.1:4100', 'tcp:ledger.internal:4100', 'tcp:[::1]:4100'])(
    'reads %s and writes it the same way',
    (text) => {
      const endpoint = parseRpcEndpoint(text);
      expect(endpoint && formatRpcEndpoint(endpoint)).toBe(text);
    },
  );

  test.each(['', 'unix:', `unix:/${'x'.repeat(200)}`, 'tcp:host', 'tcp:host:70000', 'tcp:::1:4100', 'http://host:1'])(
    'refuses %j',
    (text) => expect(parseRpcEndpoint(text)).toBeUndefined(),
  );
});
