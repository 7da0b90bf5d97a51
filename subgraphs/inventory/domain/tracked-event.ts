import type { Steps } from '../../../kernel/model/quantity.ts';

/** The lots or the serials of SELLABLE of a position were counted as of an instant. */
export interface TrackedCountEvent {
  readonly type: 'tracked-stock-counted';
  readonly sku: string;
  readonly location: string;
  readonly asOfMs: number;
  /** Every lot that lies there now; what has moved since the instant is included. */
  readonly lots?: readonly { readonly lot: string; readonly steps: Steps; readonly expiresOn?: string }[];
  /** Every serial that lay there at the instant. */
  readonly serials?: readonly string[];
}
