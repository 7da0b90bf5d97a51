import { createHash } from 'node:crypto';
import { canonicalJson } from '../../kernel/model/canonical-json.ts';

/** What was sent; text that is no JSON stays as it is, so that it can be kept as evidence. */
export function jsonOrText(rawBody: Buffer | string): unknown {
  const text = rawBody.toString('utf8');
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Names a body that does not name itself: the same content has the same name. */
export function idOfBody(body: unknown): string {
  const hash = createHash('sha256').update(canonicalJson(body ?? null));
  return `body:${hash.digest('base64url')}`;
}
