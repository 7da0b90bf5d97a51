import { Obstacle } from '../../model/errors.ts';
import type { FleetingMap } from '../../model/fleeting-map.ts';
import { NOT_WAITING, type Expiring } from '../embedded/deadlines.ts';

interface PendingParts {
  readonly subject: string;
  /** The request as it goes over the wire. */
  readonly text: string;
  readonly dueMs: number;
  readonly timeoutMs: number;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** A request whose time runs. */
export class PendingRequest implements Expiring {
  place = NOT_WAITING;
  readonly #parts: PendingParts;
  /** Where it is found by the number it was sent under. */
  #sent: FleetingMap<number, PendingRequest> | undefined;
  #id = 0;
  #isSettled = false;

  constructor(parts: PendingParts) {
    this.#parts = parts;
  }

  get dueMs(): number {
    return this.#parts.dueMs;
  }

  get text(): string {
    return this.#parts.text;
  }

  get isSettled(): boolean {
    return this.#isSettled;
  }

  sentAs(sent: FleetingMap<number, PendingRequest>, id: number): void {
    this.#sent = sent;
    this.#id = id;
    sent.set(id, this);
  }

  resolve(answer: unknown): void {
    this.#isSettled = true;
    this.#parts.resolve(answer);
  }

  reject(error: Error): void {
    this.#isSettled = true;
    this.#parts.reject(error);
  }

  expire(): void {
    this.#sent?.delete(this.#id);
    const { subject, timeoutMs } = this.#parts;
    const message = `${subject} did not answer within ${timeoutMs} ms.`;
    this.reject(new Obstacle('CONTEXT_UNAVAILABLE', message, { subject, timeoutMs }));
  }
}
