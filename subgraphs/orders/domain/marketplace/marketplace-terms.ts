import type { Steps } from '../../../../kernel/model/quantity.ts';
import type { TellCancellation } from '../../../../schema/commands/outbound-marketplace.ts';
import type { NewLine } from '../capture-order.ts';

/** How an order stands with the marketplace that took it. JSON data. */
export interface MarketplaceTerms {
  /** The marketplace as a source. */
  readonly system: string;
  /** Its own ids of the lines, in their order; lines that the hub has added have none. */
  readonly lineIds: readonly string[];
  /** Its customer has not paid yet: what it costs is not told, and nothing but a claim is made for it. Absent: they have. */
  readonly isUnpaid?: true;
  /** By when it has to leave; absent: the marketplace does not say. */
  readonly shipByMs?: number;
  /** Of each line, how much the marketplace knows to be called off. */
  readonly calledOff: readonly Steps[];
  /** Why units were called off last; absent: none were. */
  readonly cancelReason?: CancelWord;
  /** What it was told, the oldest first. */
  readonly words: readonly MarketplaceWord[];
  /** Why the ledger claims nothing for the order yet; absent: nothing is wrong. */
  readonly unclaimedBecause?: string;
}

/** A line as the marketplace sells it. */
export type SoldLine = NewLine & { readonly lineId: string };

export type CancelWord = TellCancellation['reason'];

/** Something that the marketplace was told. */
export interface MarketplaceWord {
  /** The command. */
  readonly id: string;
  readonly about: 'ACKNOWLEDGEMENT' | 'CANCELLATION' | 'SHIPMENT';
  /** Of a SHIPMENT. */
  readonly shipment?: string;
  /** ASKED: it has not said yet that it has taken it in. */
  readonly state: 'ASKED' | 'TAKEN' | 'REFUSED';
  /** Why it was refused. */
  readonly reason?: string;
}
