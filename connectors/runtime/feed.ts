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
  /** The rows after a position, oldest first. Rows at the position itself may come again. */
  read(after: number): Promise<FeedPage>;
}
