/** What becomes of an order that is placed while the ledger does not answer. */
export type WhenLedgerIsAway =
  /** Whoever places it hears so, may try again, and is called off when nobody does. */
  | 'REFUSE'
  /** It is taken on, and goes on by itself when the ledger answers; what is not there then is owed. */
  | 'ACCEPT';

/** How orders of a channel are placed. JSON data. */
export interface PlacementRule {
  /** Absent: any. */
  readonly channel?: string;
  readonly whenLedgerIsAway: WhenLedgerIsAway;
}

/** By the first rule that fits; without one whoever places an order tries again, as a web shop can. */
export function whenLedgerIsAway(rules: readonly PlacementRule[], channel: string): WhenLedgerIsAway {
  return rules.find((rule) => (rule.channel ?? channel) === channel)?.whenLedgerIsAway ?? 'REFUSE';
}
