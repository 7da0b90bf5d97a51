import type { CodeMapping } from '../../runtime/code-mapping.ts';
import type { FraudVerdict } from '../port.ts';

/** What the provider's words mean to the hub. */
export interface PlainPspMapping {
  readonly verdicts: CodeMapping<FraudVerdict>;
}

export const PLAIN_PSP_WORDS: PlainPspMapping = {
  verdicts: { approved: 'APPROVED', review: 'REVIEW', rejected: 'REJECTED' },
};
