/** For how long goods wait to be collected, and how long before its end people are told. */
export interface PickupTerms {
  readonly keepMs: number;
  readonly warnMs: number;
}

export interface PickupRule {
  /** Absent: any. */
  readonly channel?: string;
  /** Absent: any. */
  readonly location?: string;
  /** 1 to 2,160. */
  readonly keepHours: number;
  /** Before the end; 0 to `keepHours`. */
  readonly warnHours: number;
}

/** What holds where no rule fits: a week, and a day's notice. */
const OTHERWISE: PickupRule = { keepHours: 168, warnHours: 24 };

const HOUR_MS = 3_600_000;

/** The first rule that fits holds for goods from when they are ready. */
export function pickupTermsOf(
  rules: readonly PickupRule[],
  { channel, location }: { readonly channel: string; readonly location: string },
): PickupTerms {
  const rule = rules.find((each) => (each.channel ?? channel) === channel && (each.location ?? location) === location);
  const { keepHours, warnHours } = rule ?? OTHERWISE;
  return { keepMs: keepHours * HOUR_MS, warnMs: Math.min(warnHours, keepHours) * HOUR_MS };
}
