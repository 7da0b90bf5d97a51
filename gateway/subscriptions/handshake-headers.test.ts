import { describe, expect, test } from '@jest/globals';
import { HandshakeHeaders } from './handshake-headers.ts';

const UPGRADE = { host: 'hub', connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-key': 'a' };

describe('headers of an upgrade', () => {
  test('lose what belongs to the handshake', () => {
    expect(new HandshakeHeaders().read({ ...UPGRADE, 'x-tenant': 'shop' })).toEqual({
      host: 'hub',
      'x-tenant': 'shop',
    });
  });

  test('are kept once for clients that send the same', () => {
    const headers = new HandshakeHeaders();
    expect(headers.read({ ...UPGRADE, 'sec-websocket-key': 'b' })).toBe(headers.read(UPGRADE));
    expect(headers.read({ ...UPGRADE, host: 'other' })).toEqual({ host: 'other' });
  });

  test.each(['authorization', 'cookie'])('are not kept for others when they hold %s', (name) => {
    const headers = new HandshakeHeaders();
    const own = { ...UPGRADE, [name]: 'secret' };
    expect(headers.read(own)).toEqual({ host: 'hub', [name]: 'secret' });
    expect(headers.read(own)).not.toBe(headers.read(own));
  });
});
