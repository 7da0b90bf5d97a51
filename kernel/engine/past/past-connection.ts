import type { Transferable } from 'node:worker_threads';
import { Defect, Obstacle, Refusal } from '../../model/errors.ts';
import type { PastFailure, PastReply, PastRequest } from './past-message.ts';

/** The end of a port whose other end serves past states, and whatever it runs in. */
export interface PastPort {
  onReply(listener: (reply: PastReply) => void): void;
  /** Told at least once when the other end is gone. */
  onEnd(listener: (cause?: Error) => void): void;
  postMessage(message: unknown, transfer?: readonly Transferable[]): void;
  /** Ends what runs there. */
  end(): void;
}

interface Waiting {
  resolve(result: unknown): void;
  reject(error: unknown): void;
}

/** Calls over a port; answers come in the order of the calls. */
export class PastConnection {
  readonly #port: PastPort;
  readonly #waiting = new Map<number, Waiting>();
  #next = 1;
  #ended: Obstacle | undefined;

  constructor(port: PastPort, onEnd: () => void) {
    this.#port = port;
    port.onReply((reply) => this.#settle(reply));
    port.onEnd((cause) => {
      if (this.#ended) return;
      this.#giveUp(cause);
      onEnd();
    });
  }

  /** @throws {Obstacle} CONTEXT_UNAVAILABLE when the other end is gone, or goes before it answers */
  call<Result>(request: PastRequest, transfer: readonly Transferable[] = []): Promise<Result> {
    if (this.#ended) return Promise.reject(this.#ended);
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const id = this.#next++;
    this.#waiting.set(id, { resolve, reject });
    this.#port.postMessage({ id, request }, transfer);
    return promise as Promise<Result>;
  }

  end(): void {
    this.#giveUp();
    this.#port.end();
  }

  #settle(reply: PastReply): void {
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if ('failure' in reply) waiting?.reject(errorOf(reply.failure));
    else waiting?.resolve(reply.result);
  }

  #giveUp(cause?: Error): void {
    this.#ended ??= new Obstacle('CONTEXT_UNAVAILABLE', 'Past states are not at hand.', {}, { cause });
    for (const waiting of this.#waiting.values()) waiting.reject(this.#ended);
    this.#waiting.clear();
  }
}

function errorOf({ code, message, details }: PastFailure): Error {
  if (code === undefined || code === 'INTERNAL_SERVER_ERROR') return new Defect(message, details);
  return new Refusal(code as Refusal['code'], message, details);
}
