import type { ExceptionClass, ExceptionSeverity } from '../../../schema/events/fields.ts';
import type { Told } from './told.ts';

/** Something that a person has to see to. One of an id is open at a time; raised again it tells its newest figures. */
export interface OrderException {
  readonly id: string;
  readonly class: ExceptionClass;
  readonly severity: ExceptionSeverity;
  readonly summary: string;
  /** What shows why, in the system that told it. */
  readonly evidence: string;
  /** Absent: the hub itself found it out. */
  readonly source?: string;
  readonly location?: string;
  readonly sku?: string;
  /** Of money that is at risk; absent: it is not known, or none is. */
  readonly valueAtRisk?: { readonly amountMinor: number; readonly currencyCode: string };
}

export type ExceptionEvent =
  | { readonly type: 'exception-raised'; readonly exception: OrderException }
  | { readonly type: 'exception-cleared'; readonly exceptionId: string; readonly because: string };

export const evidenceOf = ({ source, evidence }: Told): Pick<OrderException, 'evidence' | 'source'> => ({
  evidence,
  source,
});
