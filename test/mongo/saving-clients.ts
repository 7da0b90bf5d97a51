import type { Collection, Document } from '../../kernel/ports/documents.ts';
import { Obstacle } from '../../kernel/model/errors.ts';
import { SequentialIds } from '../../kernel/testing/sequential-ids.ts';
import { testEnvelope } from '../../kernel/testing/test-envelope.ts';
import type { TimedSave } from './order-of-saves.ts';

export const STREAM = 'TEST_EVENTS';

export interface Counter extends Document {
  readonly count: number;
}

export const COUNTERS = { name: 'counters', indexes: [{ paths: ['count'] }] };

/**
 * Clients that each count a document of their own up, one save after the other, each with an event, and remember what
 * was acknowledged. After an obstacle they look what has become of it, as a caller would.
 */
export class SavingClients {
  readonly acknowledged = new Map<string, number>();
  /** By the id of the event. */
  readonly saves = new Map<string, TimedSave>();
  readonly obstacles: Obstacle[] = [];
  readonly #ids: SequentialIds;
  #turn = 0;
  #isStopped = false;

  constructor(stream: number) {
    this.#ids = new SequentialIds(stream);
  }

  get acknowledgedSaves(): number {
    return [...this.acknowledged.values()].reduce((sum, count) => sum + count, 0);
  }

  async run(collection: Collection<Counter>, clients: readonly string[]): Promise<void> {
    await Promise.all(clients.map((client) => this.#countUp(collection, client)));
  }

  stop(): void {
    this.#isStopped = true;
  }

  async #countUp(collection: Collection<Counter>, id: string): Promise<void> {
    while (!this.#isStopped) {
      try {
        const version = (await collection.get(id))?.version ?? 0;
        await this.#save(collection, id, version);
      } catch (error) {
        if (!(error instanceof Obstacle)) throw error;
        this.obstacles.push(error);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    }
  }

  async #save(collection: Collection<Counter>, id: string, version: number): Promise<void> {
    const count = version + 1;
    const envelope = testEnvelope(this.#ids, id, { count });
    const calledAt = this.#turn++;
    this.saves.set(envelope.id, { calledAt, answeredAt: Infinity });
    const event = { stream: STREAM, subject: 'stockwire.test.p00.thing-happened', envelope };
    await collection.save({ id, count }, version, [event]);
    this.saves.set(envelope.id, { calledAt, answeredAt: this.#turn++ });
    this.acknowledged.set(id, count);
  }
}
