import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { Refusal } from '../../kernel/model/errors.ts';

/** What a system sent does not carry the proof that it promised. */
export class InvalidSignature extends Refusal {
  constructor(system: string) {
    super('INVALID_SIGNATURE', 'The signature does not fit the body.', { system });
  }
}

export function hmacSha256(key: string, parts: readonly (string | Buffer)[], encoding: 'base64' | 'hex'): string {
  const hmac = createHmac('sha256', key);
  for (const part of parts) hmac.update(part);
  return hmac.digest(encoding);
}

/** Compares in a time that tells nothing about where two texts differ. */
export function isSameSecret(given: string | undefined, expected: string): boolean {
  return timingSafeEqual(digest(given ?? ''), digest(expected)) && given !== undefined;
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
