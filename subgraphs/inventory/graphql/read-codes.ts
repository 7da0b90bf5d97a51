import { Refusal } from '../../../kernel/model/errors.ts';
import { skuId } from '../../../kernel/model/codes.ts';

/** SKUs of one query. */
const SKUS_MAX = 200;

/** @throws {Refusal} LIMIT_EXCEEDED or BAD_USER_INPUT */
export function readSkus(texts: readonly string[]): readonly string[] {
  if (texts.length > SKUS_MAX) {
    throw new Refusal('LIMIT_EXCEEDED', `At most ${SKUS_MAX} SKUs may be asked for at once.`, {
      limit: 'skus',
      max: SKUS_MAX,
    });
  }
  return texts.map((text) => skuId(text));
}
