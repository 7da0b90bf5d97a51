import { describe, expect, test } from '@jest/globals';
import type { IncomingMessage } from 'node:http';
import { clientAddressOf } from './client-address.ts';

const from = (forwarded?: string): IncomingMessage =>
  ({
    headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
    socket: { remoteAddress: '10.0.0.9' },
  }) as unknown as IncomingMessage;

describe('the address of a client', () => {
  test.each([
    ['is that of the connection', 0, undefined, '10.0.0.9'],
    ['is not what the client says of itself', 0, '1.1.1.1', '10.0.0.9'],
    ['is what the trusted proxy saw', 1, '1.1.1.1, 2.2.2.2', '2.2.2.2'],
    ['is what the first of two trusted proxies saw', 2, '1.1.1.1, 2.2.2.2, 10.0.0.8', '2.2.2.2'],
    ['is that of the connection when no proxy has said any', 1, undefined, '10.0.0.9'],
    ['is that of the connection when there were fewer proxies', 3, '1.1.1.1', '10.0.0.9'],
  ])('%s', (_what, proxies, forwarded, expected) => {
    expect(clientAddressOf(from(forwarded), proxies)).toBe(expected);
  });
});
