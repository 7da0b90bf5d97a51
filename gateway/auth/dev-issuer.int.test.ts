import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FakeClock } from '../../kernel/testing/fake-clock.ts';
import { SequentialIds } from '../../kernel/testing/sequential-ids.ts';
import { ROLES } from '../../schema/scopes.ts';
import { JwtAuthenticator } from './authenticator.ts';
import { openDevIssuer } from './dev-issuer.ts';

let dataDirectory: string;
const clock = new FakeClock();
beforeEach(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), 'stockwire-issuer-'));
});
afterEach(() => rm(dataDirectory, { recursive: true }));

const open = (isProduction = false) => openDevIssuer({ dataDirectory, isProduction, clock, ids: new SequentialIds() });

describe('the development issuer', () => {
  test('its tokens carry the scopes of their role and are good after a restart', async () => {
    const token = await (await open()).issueToken({ role: 'store', stores: ['S1'] });
    const { keys, issuer, audience } = await open();
    const authenticator = new JwtAuthenticator({ keys, issuer, audience, clock });
    expect(await authenticator.authenticate(`Bearer ${token}`)).toMatchObject({
      subject: 'dev-store',
      scopes: ROLES.store,
      stores: ['S1'],
    });
  });

  test('two customers are two subjects, so that nothing kept by subject is shared', async () => {
    const issuer = await open();
    const authenticator = new JwtAuthenticator({ ...issuer, clock });
    const subjectOf = async (customer: string) => {
      const token = await issuer.issueToken({ role: 'shopper', customer });
      return (await authenticator.authenticate(`Bearer ${token}`)).subject;
    };
    expect(await subjectOf('ALICE')).not.toBe(await subjectOf('BEN'));
  });

  test('keeps its key from other users of the machine', async () => {
    await open();
    expect((await stat(join(dataDirectory, 'dev-issuer-key.json'))).mode & 0o077).toBe(0);
  });

  test('is refused in production and leaves nothing behind', async () => {
    await expect(open(true)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(stat(join(dataDirectory, 'dev-issuer-key.json'))).rejects.toThrow('ENOENT');
  });

  test('publishes its public key alone', async () => {
    const { routes } = await open();
    const jwks = routes.find((route) => route.path === '/.well-known/jwks.json');
    const { body } = (await jwks?.handle(requestTo('/.well-known/jwks.json'))) ?? { body: '' };
    expect(JSON.parse(body)).toEqual({ keys: [expect.objectContaining({ kty: 'EC', alg: 'ES256' })] });
    expect(body).not.toContain('"d"');
  });

  test('refuses a role that does not exist', async () => {
    const { routes } = await open();
    const token = routes.find((route) => route.path === '/dev/token');
    await expect(token?.handle(requestTo('/dev/token?role=king'))).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  });
});

function requestTo(path: string) {
  const body = async () => Buffer.alloc(0);
  return {
    method: 'POST',
    url: new URL(path, 'http://gateway'),
    headers: {},
    correlationId: 'c',
    address: undefined,
    body,
  };
}
