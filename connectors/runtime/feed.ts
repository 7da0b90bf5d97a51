import { Refusal } from '../../kernel/model/errors.ts';
import type { Inbound } from './inbound.ts';

export interface FeedPage {
  readonly messages: readonly Inbound[];
  /** The position of the last row of the page; `after` itself when the page is empty. */
  readonly last: number;
  readonly hasMore: boolean;
}

/** What a system keeps for pollers: rows in the order of a position that only grows (a version, a time in ms). */
export interface Feed {
  /** Unique within the system. */
  readonly name: string;
  /** How far before the last position each round begins again, so that rows which became visible late are seen. */
  readonly overlap: number;
  /** False: its positions are versions or numbers and no times in milliseconds. Default: true. */
  readonly isByTime?: boolean;
  /**
   * The rows after a position, oldest first. Rows at the position itself may come again. After 0: from the oldest row
   * that is kept.
   * @throws {PositionGone} when rows after the position are no longer kept
   */
  read(after: number): Promise<FeedPage>;
}

/** The system has thrown away rows that were not read yet, or numbers them anew. */
export class PositionGone extends Refusal {
  constructor(system: string, options?: ErrorOptions) {
    super('UPSTREAM_REJECTED', `${system} does not keep what followed this position any more.`, { system }, options);
  }
}
