import type { Tender } from '../../../../schema/events/fields.ts';

/** When money is taken: with the claim on the stock, the hand-over to a location, the departure or the arrival of the goods. */
export type CaptureMoment = 'PLACEMENT' | 'RELEASE' | 'SHIPMENT' | 'DELIVERY';

export interface CaptureRule {
  /** Absent: any. */
  readonly channel?: string;
  /** Absent: any. */
  readonly tender?: Tender;
  readonly at: CaptureMoment;
  /** How much more than was promised its provider lets the hub take; 0 to 100. */
  readonly overCapturePercent: number;
}

/** One version of the rules. */
export interface CaptureRules {
  readonly version: string;
  readonly effectiveFromMs: number;
  /** The first that fits is taken. */
  readonly rules: readonly CaptureRule[];
}

export interface PaymentToJudge {
  readonly channel: string;
  readonly tender: Tender;
  readonly placedAtMs: number;
}

export interface CaptureChoice {
  readonly at: CaptureMoment;
  readonly overCapturePercent: number;
  readonly rulesVersion: string;
}

/** Says when the money of a payment is taken. It is asked once, when the order is placed, so that later rules change no old order. */
export interface CapturePolicy {
  choose(payment: PaymentToJudge): CaptureChoice;
}

/** What holds where no rule fits: money is taken when the goods leave, and never more than was promised. */
const OTHERWISE: CaptureRule = { at: 'SHIPMENT', overCapturePercent: 0 };
const BUILT_IN = 'built-in';

/** The newest version of the rules that is in force when the order is placed. */
export function capturePolicyOf(versions: readonly CaptureRules[]): CapturePolicy {
  const newestFirst = versions.toSorted((a, b) => b.effectiveFromMs - a.effectiveFromMs);
  return {
    choose({ channel, tender, placedAtMs }) {
      const inForce = newestFirst.find(({ effectiveFromMs }) => effectiveFromMs <= placedAtMs);
      const rule = inForce?.rules.find(
        (each) => (each.channel ?? channel) === channel && (each.tender ?? tender) === tender,
      );
      const { at, overCapturePercent } = rule ?? OTHERWISE;
      return { at, overCapturePercent, rulesVersion: inForce?.version ?? BUILT_IN };
    },
  };
}
