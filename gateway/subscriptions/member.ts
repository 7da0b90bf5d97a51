import type { SharedFrame } from './shared-frame.ts';
import type { Position } from './topic.ts';

/** The socket of a member, as its group sees it. */
export interface Outlet {
  /** False while the client has too much unread. */
  readonly isReady: boolean;
  /** Calls once when it is ready again. */
  whenReady(run: () => void): void;
  /** Sends a message of the subscription that the client has given this id. */
  send(id: string, frame: SharedFrame): void;
  /** Closes the socket; the client is to come again. */
  tryAgainLater(): void;
}

/** One subscription of one client. */
export interface Member {
  /** The id that the client gave it. */
  readonly id: string;
  readonly outlet: Outlet;
  /** Ends the subscription with an error that another try would not cure. */
  fail(error: unknown): void;
  /** Ends the subscription because there is no more to tell. */
  complete(): void;
}

/** A member in its group. */
export interface Membership {
  readonly member: Member;
  /** What the member has been sent. */
  sent: Position | undefined;
  /** The frame of the group after which it went live the last time; later ones are for it. */
  liveSince: number;
  /** Whether anything was sent or is on its way. */
  isGreeted: boolean;
  hasLeft: boolean;
}
