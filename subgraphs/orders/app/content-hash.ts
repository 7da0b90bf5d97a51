import { createHash } from 'node:crypto';
import { canonicalJson } from '../../../kernel/model/canonical-json.ts';

/** The same for equal content, whatever the order of its members. */
export function contentHash(content: unknown): string {
  return createHash('sha256').update(canonicalJson(content)).digest('base64url');
}
