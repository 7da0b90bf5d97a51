import { Refusal } from '../../kernel/model/errors.ts';

/** Counts what each client has open, so that one alone cannot take everything. Keeps only those who have something. */
export class ClientShares {
  readonly #max: number;
  readonly #open = new Map<string, number>();

  constructor(subscriptionsPerClientMax: number) {
    this.#max = subscriptionsPerClientMax;
  }

  /**
   * @returns gives it back, once
   * @throws {Refusal} OPERATION_LIMIT_EXCEEDED
   */
  take(client: string): () => void {
    const count = this.#open.get(client) ?? 0;
    if (count >= this.#max) throw this.#refused();
    this.#open.set(client, count + 1);
    let isTaken = true;
    return () => {
      if (!isTaken) return;
      isTaken = false;
      const left = (this.#open.get(client) ?? 1) - 1;
      if (left > 0) this.#open.set(client, left);
      else this.#open.delete(client);
    };
  }

  #refused(): Refusal {
    const details = { limit: 'subscriptionsPerClientMax', max: this.#max };
    return new Refusal('OPERATION_LIMIT_EXCEEDED', `A client has at most ${this.#max} subscriptions.`, details);
  }
}
