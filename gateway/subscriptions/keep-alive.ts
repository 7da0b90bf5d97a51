import type { WebSocket } from 'ws';
import type { CancelTimer, Clock } from '../../kernel/ports/clock.ts';

/** Pings a socket now and then, and ends one that did not answer in between. @returns stops it */
export function keepAlive(socket: WebSocket, clock: Clock, intervalMs: number): CancelTimer {
  let isAlive = true;
  let cancel: CancelTimer;
  const hear = (): void => {
    isAlive = true;
  };
  const check = (): void => {
    if (!isAlive) {
      socket.terminate();
      return;
    }
    isAlive = false;
    if (socket.readyState === socket.OPEN) socket.ping();
    cancel = clock.after(intervalMs, check);
  };
  socket.on('pong', hear);
  socket.on('message', hear);
  cancel = clock.after(intervalMs, check);
  return () => cancel();
}
