import type { ServerResponse } from 'node:http';
import type { CancelTimer, Clock } from '../../../kernel/ports/clock.ts';
import type { Outlet } from '../member.ts';
import type { SharedFrame } from '../shared-frame.ts';
import type { SubscriptionLimits } from '../subscription-limits.ts';
import type { StreamFormat } from './stream-format.ts';

/** Why a stream has ended; `overload` is whatever has the client come again for the hub's sake. */
export type StreamEnd = 'client' | 'completed' | 'overload' | 'token' | 'restart';

export interface StreamOutletOptions {
  readonly response: ServerResponse;
  readonly format: StreamFormat;
  readonly clock: Clock;
  readonly limits: Pick<SubscriptionLimits, 'unreadBytesMax' | 'stalledMsMax' | 'keepAliveMs'>;
  /** Now and then while it is open. */
  readonly onAlive: () => void;
}

/**
 * Writes to a response that stays open. HTTP tells nothing of what a client has read, so a client is slow when more
 * waits in this process than it may leave unread; what the kernels hold, some megabytes at most, comes on top.
 */
export class StreamOutlet implements Outlet {
  readonly #options: StreamOutletOptions;
  readonly #waiting: (() => void)[] = [];
  #endedBy: StreamEnd = 'client';
  #cancelStalled: CancelTimer | undefined;
  #cancelHeartbeat: CancelTimer = () => undefined;

  constructor(options: StreamOutletOptions) {
    const { response } = options;
    this.#options = options;
    response.on('drain', () => this.#drained());
    response.once('close', () => {
      this.#cancelStalled?.();
      this.#cancelHeartbeat();
    });
    if (options.format.opening !== '') this.#write(options.format.opening);
    this.#beatLater();
  }

  get isReady(): boolean {
    const { response, limits } = this.#options;
    return response.writableLength <= limits.unreadBytesMax;
  }

  whenReady(run: () => void): void {
    if (this.isReady) run();
    else this.#waiting.push(run);
  }

  send(_id: string, frame: SharedFrame): void {
    this.#write(frame.as(this.#options.format.next));
    if (!this.isReady) this.#stall();
  }

  /** As far as is known yet. */
  get endedBy(): StreamEnd {
    return this.#endedBy;
  }

  /** What this process has not been able to hand to the system. */
  get unsentBytes(): number {
    return this.#options.response.writableLength;
  }

  /** Ends it without saying that the operation has ended, which clients take for a lost connection. */
  tryAgainLater(reason: StreamEnd = 'overload'): void {
    this.#endedBy = reason;
    this.#options.response.destroy();
  }

  /** As `tryAgainLater`, after what was written. */
  restart(): void {
    this.#endedBy = 'restart';
    this.#options.response.end();
  }

  /** The operation has ended. */
  complete(): void {
    const { response, format } = this.#options;
    if (response.writableEnded) return;
    this.#endedBy = 'completed';
    response.end(format.complete, 'latin1');
  }

  #write(ascii: string): void {
    const { response } = this.#options;
    if (!response.writableEnded && !response.destroyed) response.write(ascii, 'latin1');
  }

  #drained(): void {
    if (!this.isReady) return;
    this.#cancelStalled?.();
    this.#cancelStalled = undefined;
    for (const run of this.#waiting.splice(0)) run();
  }

  #stall(): void {
    const { clock, limits } = this.#options;
    this.#cancelStalled ??= clock.after(limits.stalledMsMax, () => this.tryAgainLater());
  }

  #beatLater(): void {
    const { clock, limits, format } = this.#options;
    this.#cancelHeartbeat = clock.after(limits.keepAliveMs, () => {
      if (this.isReady) this.#write(format.heartbeat);
      this.#options.onAlive();
      this.#beatLater();
    });
  }
}
