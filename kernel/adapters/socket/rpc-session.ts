import type { Socket } from 'node:net';
import { Obstacle, Refusal } from '../../model/errors.ts';
import type { CancelTimer, Clock } from '../../ports/clock.ts';
import type { Telemetry } from '../../ports/telemetry.ts';
import type { RpcServers } from '../embedded/embedded-rpc.ts';
import { FrameReader, ProtocolBroken } from './frame-reader.ts';
import { FrameWriter } from './frame-writer.ts';
import { FRAME, FRAME_HEAD_BYTES, PROTOCOL } from './rpc-frame.ts';
import { createNonce, isProof, proofOf } from './rpc-proof.ts';
import type { SocketLimits } from './socket-limits.ts';
import { formatWireError } from './wire-error.ts';

export interface RpcSessionParts {
  readonly servers: RpcServers;
  /** What the other side must know; absent: whoever reaches the socket is let in. */
  readonly secret: string | undefined;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
  readonly limits: SocketLimits;
}

/** The owner's side of one connection: lets the other one in, hands its requests to their servers, sends the answers. */
export class RpcSession {
  readonly #parts: RpcSessionParts;
  readonly #socket: Socket;
  readonly #writer: FrameWriter;
  readonly #nonce = createNonce();
  readonly #cancelHello: CancelTimer;
  readonly #ended = Promise.withResolvers<void>();
  #isIn = false;
  #isDraining = false;
  #inFlight = 0;

  constructor(socket: Socket, parts: RpcSessionParts) {
    const { limits, clock, secret } = parts;
    this.#parts = parts;
    this.#socket = socket;
    this.#writer = new FrameWriter(socket);
    this.#cancelHello = clock.after(limits.helloMs, () => this.#turnAway('did not prove the secret in time'));
    const reader = new FrameReader(limits.requestBytesMax + FRAME_HEAD_BYTES, (kind, id, text) =>
      this.#receive(kind, id, text),
    );
    socket.setNoDelay(true).setKeepAlive(true);
    socket.on('data', (chunk: Buffer) => this.#read(reader, chunk));
    socket.on('drain', () => this.#readOn());
    // What is wrong with a connection is told by its close.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.#cancelHello();
      this.#ended.resolve();
    });
    if (secret === undefined) this.#letIn({});
    else this.#writer.send(FRAME.challenge, 0, JSON.stringify({ protocol: PROTOCOL, nonce: this.#nonce }));
  }

  /** Resolves when the connection is closed. */
  get ended(): Promise<void> {
    return this.#ended.promise;
  }

  /** Takes no more requests, answers those under way, and closes. */
  drain(): void {
    this.#isDraining = true;
    this.#socket.pause();
    this.#endWhenIdle();
  }

  destroy(): void {
    this.#socket.destroy();
  }

  #read(reader: FrameReader, chunk: Buffer): void {
    try {
      reader.push(chunk);
    } catch (error) {
      // Anything else than a broken protocol would be a defect of ours, and no less a reason to close.
      this.#turnAway(error instanceof ProtocolBroken || error instanceof SyntaxError ? error.message : String(error));
    }
    if (this.#writer.unsentBytes > this.#parts.limits.unsentBytesMax) this.#socket.pause();
  }

  #readOn(): void {
    if (!this.#isDraining) this.#socket.resume();
  }

  #receive(kind: number, id: number, text: string): void {
    if (this.#isIn && kind === FRAME.request) this.#handle(id, text);
    else if (!this.#isIn && kind === FRAME.proof) this.#check(text);
    else throw new ProtocolBroken(`A frame of kind ${kind} is not taken now.`);
  }

  #check(text: string): void {
    const { secret = '' } = this.#parts;
    const { proof, nonce } = JSON.parse(text) as { readonly proof?: unknown; readonly nonce?: unknown };
    if (!isProof(proof, proofOf(secret, 'asker', this.#nonce)) || typeof nonce !== 'string') {
      throw new ProtocolBroken('The proof is wrong.');
    }
    this.#letIn({ proof: proofOf(secret, 'owner', nonce) });
  }

  #letIn(told: { readonly proof?: string }): void {
    this.#cancelHello();
    this.#isIn = true;
    this.#writer.send(FRAME.welcome, 0, JSON.stringify({ protocol: PROTOCOL, ...told }));
  }

  #handle(id: number, text: string): void {
    const [subject, correlationId, payload] = JSON.parse(text) as [unknown, unknown, unknown];
    if (typeof subject !== 'string' || typeof correlationId !== 'string') {
      throw new ProtocolBroken('A request names its subject and its correlation id.');
    }
    const { inFlightMax } = this.#parts.limits;
    if (this.#inFlight >= inFlightMax) {
      const details = { limit: 'inFlightMax', inFlightMax };
      const error = new Obstacle('OVERLOADED', 'Too many requests of this connection are in flight.', details);
      this.#writer.send(FRAME.failure, id, formatWireError(error, subject));
      return;
    }
    this.#inFlight++;
    this.#parts.servers.ask(
      subject,
      { payload: payload ?? null, correlationId },
      {
        answered: (answer) => this.#answer(id, subject, answer),
        failed: (error) => this.#fail(id, subject, error),
      },
    );
  }

  #answer(id: number, subject: string, answer: unknown): void {
    let text: string;
    try {
      text = JSON.stringify(answer) ?? 'null';
    } catch (error) {
      this.#fail(id, subject, error);
      return;
    }
    const { answerBytesMax } = this.#parts.limits;
    // A character takes three bytes at most.
    if (text.length * 3 > answerBytesMax && Buffer.byteLength(text) > answerBytesMax) {
      this.#fail(id, subject, answerTooLong(subject, answerBytesMax));
      return;
    }
    this.#writer.send(FRAME.answer, id, text);
    this.#settled();
  }

  #fail(id: number, subject: string, error: unknown): void {
    this.#writer.send(FRAME.failure, id, formatWireError(error, subject));
    this.#settled();
  }

  #settled(): void {
    this.#inFlight--;
    if (this.#isDraining) this.#endWhenIdle();
  }

  #endWhenIdle(): void {
    if (this.#inFlight > 0) return;
    this.#writer.flush();
    this.#socket.end(() => this.#socket.destroy());
  }

  #turnAway(why: string): void {
    this.#parts.telemetry.count('rpc_connections_refused_total');
    this.#parts.telemetry.log('warn', 'a connection for requests was closed', { why });
    this.#socket.destroy();
  }
}

function answerTooLong(subject: string, answerBytesMax: number): Refusal {
  const details = { limit: 'answerBytesMax', answerBytesMax };
  return new Refusal('LIMIT_EXCEEDED', `The answer of ${subject} is longer than a connection takes.`, details);
}
