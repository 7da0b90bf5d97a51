import { createHash } from 'node:crypto';
import { canonicalJson } from '../../../kernel/model/canonical-json.ts';
import { Refusal, invariant } from '../../../kernel/model/errors.ts';
import type { Identity } from '../../../kernel/model/identity.ts';
import { DocumentConflict } from '../../../kernel/ports/document-errors.ts';
import type { ReturnsParts } from './returns-parts.ts';

const KEY_LENGTH_MAX = 200;

/**
 * The id of the return that a key stands for, the same at every use. A key belongs to the client and subject that use it.
 * @throws {Refusal} IDEMPOTENCY_KEY_REUSED when it was used with another payload
 */
export async function useIdempotencyKey(
  { platform, store }: ReturnsParts,
  { subject, clientId }: Identity,
  { key, payload }: { readonly key: string; readonly payload: unknown },
): Promise<string> {
  if (key.length < 1 || key.length > KEY_LENGTH_MAX) {
    throw new Refusal('BAD_USER_INPUT', `idempotencyKey must be 1 to ${KEY_LENGTH_MAX} characters.`, {
      field: 'idempotencyKey',
    });
  }
  const id = sha256(canonicalJson([clientId, subject, key]));
  const first = { id, payload: sha256(canonicalJson(payload)), returnId: platform.ids.next() };
  const known = (await store.keys.get(id))?.document ?? (await saveFirst());
  if (known.payload === first.payload) return known.returnId;
  throw new Refusal('IDEMPOTENCY_KEY_REUSED', 'The idempotency key was used before with another payload.', { key });

  async function saveFirst() {
    try {
      await store.keys.save(first, 0);
      return first;
    } catch (error) {
      if (!(error instanceof DocumentConflict)) throw error;
      const other = await store.keys.get(id);
      invariant(other, 'A key that could not be saved is there.');
      return other.document;
    }
  }
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
