import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** Shorter ones can be guessed. */
export const RPC_SECRET_LENGTH_MIN = 32;

const NONCE_BYTES = 32;

/** Unpredictable, so that nobody can prove anything with what was overheard. */
export function createNonce(): string {
  return randomBytes(NONCE_BYTES).toString('base64url');
}

/** Shows that its maker knows the secret, without telling it. The role keeps a proof from being sent back as the other's. */
export function proofOf(secret: string, role: 'owner' | 'asker', nonce: string): string {
  return createHmac('sha256', secret).update(`${role}:${nonce}`).digest('base64url');
}

export function isProof(given: unknown, expected: string): boolean {
  if (typeof given !== 'string') return false;
  const [left, right] = [Buffer.from(given), Buffer.from(expected)];
  return left.length === right.length && timingSafeEqual(left, right);
}
