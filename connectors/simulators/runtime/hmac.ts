import { createHmac } from 'node:crypto';

/** HMAC-SHA256 of the text's UTF-8 bytes. */
export function hmacSha256(key: string, text: string, encoding: 'base64' | 'hex'): string {
  return createHmac('sha256', key).update(text, 'utf8').digest(encoding);
}
