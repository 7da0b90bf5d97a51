import type { FactSource } from './ledger-event.ts';
import type { OpenGap, StreamKey } from './sequence-book.ts';

/** What the ledger notes about the telling of facts, beside what they move. */
export type FactEvent =
  | {
      /** Another content came under an id whose content was applied. Nothing of it is. */
      readonly type: 'fact-conflicted';
      readonly atMs: number;
      readonly source: FactSource;
      /** What kind of fact it pretends to be, and where. */
      readonly fact: string;
      readonly location: string;
      readonly payloadHash: string;
    }
  | ({ readonly type: 'source-number-observed'; readonly atMs: number; readonly number: number } & StreamKey)
  /** Numbers that the source has skipped, and that did not arrive within the wait. */
  | ({ readonly type: 'sequence-gap-raised'; readonly atMs: number } & OpenGap)
  /** All of them have arrived since. */
  | ({ readonly type: 'sequence-gap-closed'; readonly atMs: number; readonly origin: number } & StreamKey);
