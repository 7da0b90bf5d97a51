import type { Connection } from 'mongoose';
import type { CancelTimer, Clock } from '../../ports/clock.ts';
import type { Telemetry } from '../../ports/telemetry.ts';
import type { MongoLimits } from './mongo-limits.ts';

export interface HeartbeatWatch {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
  readonly limits: MongoLimits;
  /** Connects anew, on the same connection. */
  open(): Promise<unknown>;
}

/**
 * Connects anew when the driver looks after a server no more. Its watch waits for ever when a connection breaks at a bad
 * moment (mongodb 7.8: the socket closes between writing a question and listening for the answer), and then nobody
 * notices that the server is back.
 * @returns stops it
 */
export function watchHeartbeats(watch: HeartbeatWatch): () => void {
  const { connection, clock, telemetry, limits } = watch;
  let heard = hear(watch);
  let cancel: CancelTimer = () => undefined;
  let isStopped = false;
  const lookLater = (): void => {
    if (!isStopped) cancel = clock.after(limits.heartbeatMs, look);
  };
  const look = (): void => {
    if (clock.nowMs() - heard.oldestMs() < limits.heartbeatSilenceMs) lookLater();
    else void reopen().finally(lookLater);
  };
  const reopen = async (): Promise<void> => {
    telemetry.count('documents_reopened_total');
    telemetry.log('warn', 'the driver looks after a server no more; it is connected anew');
    try {
      // By force, mongoose would refuse every call on this connection from then on, also once it is open again.
      await inTime(watch, connection.close());
      if (isStopped) return;
      await watch.open();
      heard = hear(watch);
    } catch (error) {
      telemetry.log('warn', 'the documents could not be connected anew', { error: String(error) });
    }
  };
  lookLater();
  return () => {
    isStopped = true;
    cancel();
  };
}

/** Goes on without a driver that takes too long to close; nothing is asked of it any more. */
function inTime({ clock, limits }: HeartbeatWatch, closing: Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(limits.callMs, resolve);
    void closing.then(resolve, reject).finally(cancel);
  });
}

/** When each server of the client was heard of last, whatever it said. */
function hear({ connection, clock }: HeartbeatWatch): { oldestMs(): number } {
  const heardMs = new Map<string, number>();
  const client = connection.getClient();
  const note = ({ connectionId }: { readonly connectionId: string }): void => {
    heardMs.set(connectionId, clock.nowMs());
  };
  client.on('serverHeartbeatSucceeded', note);
  client.on('serverHeartbeatFailed', note);
  client.on('serverClosed', ({ address }: { readonly address: string }) => heardMs.delete(address));
  const sinceMs = clock.nowMs();
  return { oldestMs: () => (heardMs.size === 0 ? sinceMs : Math.min(...heardMs.values())) };
}
