import { describe, expect, test } from '@jest/globals';
import type { Identity } from '../model/identity.ts';
import { IDENTITY_TTL_MS, signIdentity, verifyIdentity } from './identity-header.ts';

const IDENTITY: Identity = { subject: 'ann', clientId: 'app', scopes: ['orders:read'], stores: ['S1'] };
const SECRET = 'a secret of the tests';

describe('identity header', () => {
  test('brings the identity over whole', () => {
    expect(verifyIdentity(signIdentity(IDENTITY, SECRET, 1000), SECRET, 1000)).toEqual(IDENTITY);
  });

  test('is good until it expires and not after', () => {
    const header = signIdentity(IDENTITY, SECRET, 1000);
    expect(verifyIdentity(header, SECRET, 1000 + IDENTITY_TTL_MS - 1)).toEqual(IDENTITY);
    expect(() => verifyIdentity(header, SECRET, 1000 + IDENTITY_TTL_MS)).toThrow(
      expect.objectContaining({ code: 'UNAUTHENTICATED' }),
    );
  });

  const good = signIdentity(IDENTITY, SECRET, 1000);
  const [payload = '', mac = ''] = good.split('.');
  const richer = Buffer.from(JSON.stringify({ identity: { ...IDENTITY, stores: '*' }, expiresAtMs: 9e15 }));
  test.each([
    ['absent', undefined],
    ['empty', ''],
    ['without a signature', payload],
    ['with a shortened signature', `${payload}.${mac.slice(0, 10)}`],
    ['with another payload under the same signature', `${richer.toString('base64url')}.${mac}`],
    ['signed with another secret', signIdentity(IDENTITY, 'another secret of the tests', 1000)],
    ['with a third part', `${good}.x`],
    ['too long', `${'a'.repeat(20_000)}.${mac}`],
  ])('refuses a header that is %s', (_what, header) => {
    expect(() => verifyIdentity(header, SECRET, 1000)).toThrow(expect.objectContaining({ code: 'UNAUTHENTICATED' }));
  });
});
