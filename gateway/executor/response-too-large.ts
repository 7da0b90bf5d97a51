import { Refusal } from '../../kernel/model/errors.ts';

/** An answer that is not sent, and not made to its end. */
export function responseTooLarge(max: number): Refusal {
  const details = { limit: 'responseBytesMax', max };
  return new Refusal('RESPONSE_TOO_LARGE', `The answer is beyond the limit responseBytesMax of ${max}.`, details);
}
