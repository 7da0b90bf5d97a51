import type { MarketplaceAnswerTold } from '../../../schema/events/inbox-marketplace.ts';
import type { MarketplaceDone } from '../../../schema/commands/outbound-marketplace.ts';
import type { Clock } from '../../../kernel/ports/clock.ts';
import { DocumentConflict } from '../../../kernel/ports/document-errors.ts';
import type {
  Collection,
  CollectionDefinition,
  Document,
  Documents,
  Query,
  Versioned,
} from '../../../kernel/ports/documents.ts';
import { UpstreamRejected } from '../../runtime/upstream-errors.ts';
import type { OrderAnswer } from './acknowledgement-xml.ts';

/** Something that Amazon is to be told in a feed, and what became of it. JSON data. */
export interface KeptAnswer extends Document {
  readonly system: string;
  readonly key: string;
  readonly channel: string;
  readonly marketplaceId: string;
  readonly answer: OrderAnswer;
  readonly state: 'WAITING' | 'SENT' | 'SETTLED';
  readonly submittedAtMs: number;
  /** The feed that it went with, and its number there; absent before. */
  readonly feed?: string;
  readonly messageNo?: number;
  /** Once it is settled. */
  readonly settledAtMs?: number;
  readonly outcome?: MarketplaceAnswerTold['outcome'];
  readonly reason?: string;
}

export type NewAnswer = Pick<KeptAnswer, 'key' | 'channel' | 'marketplaceId' | 'answer'>;

const ANSWERS: CollectionDefinition = {
  name: 'marketplace-answers',
  indexes: [{ paths: ['system', 'state', 'submittedAtMs'] }, { paths: ['system', 'state', 'settledAtMs'] }],
};
const REJECTED = 422;

/** What waits to be sent in a feed, what is under way, and what became of it. */
export class AnswerDesk {
  readonly system: string;
  readonly #answers: Collection<KeptAnswer>;
  readonly #clock: Clock;

  private constructor(system: string, answers: Collection<KeptAnswer>, clock: Clock) {
    this.system = system;
    this.#answers = answers;
    this.#clock = clock;
  }

  static async open(
    system: string,
    { documents, clock }: { readonly documents: Documents; readonly clock: Clock },
  ): Promise<AnswerDesk> {
    return new AnswerDesk(system, await documents.collection<KeptAnswer>(ANSWERS), clock);
  }

  /**
   * Keeps it once by its key.
   * @throws {UpstreamRejected} when it was refused already
   */
  async put(given: NewAnswer): Promise<MarketplaceDone> {
    const id = `${this.system}|${given.key}`;
    const known = (await this.#answers.get(id))?.document;
    if (known?.outcome === 'FAILED') {
      throw new UpstreamRejected(this.system, { status: REJECTED, words: known.reason ?? '' });
    }
    if (known) return { status: known.state === 'SETTLED' ? 'SUCCEEDED' : 'PENDING' };
    const { system } = this;
    const answer: KeptAnswer = { id, system, ...given, state: 'WAITING', submittedAtMs: this.#clock.nowMs() };
    try {
      await this.#answers.save(answer, 0);
    } catch (error) {
      if (!(error instanceof DocumentConflict)) throw error;
    }
    return { status: 'PENDING' };
  }

  /** The oldest first. */
  inState(state: 'WAITING' | 'SENT', limit: number): Promise<readonly Versioned<KeptAnswer>[]> {
    return this.#find(state, { orderBy: { path: 'submittedAtMs', direction: 'asc' }, limit });
  }

  settledSince(sinceMs: number, limit: number): Promise<readonly Versioned<KeptAnswer>[]> {
    const where = { settledAtMs: { gte: sinceMs } };
    return this.#find('SETTLED', { where, orderBy: { path: 'settledAtMs', direction: 'asc' }, limit });
  }

  settledBefore(beforeMs: number, limit: number): Promise<readonly Versioned<KeptAnswer>[]> {
    const where = { settledAtMs: { lt: beforeMs } };
    return this.#find('SETTLED', { where, orderBy: { path: 'settledAtMs', direction: 'asc' }, limit });
  }

  async markSent({ document, version }: Versioned<KeptAnswer>, at: Required<Pick<KeptAnswer, 'feed' | 'messageNo'>>) {
    await this.#answers.save({ ...document, ...at, state: 'SENT' }, version);
  }

  async settle({ document, version }: Versioned<KeptAnswer>, refusedFor: string | undefined): Promise<void> {
    const end =
      refusedFor === undefined
        ? ({ outcome: 'SUCCEEDED' } as const)
        : ({ outcome: 'FAILED', reason: refusedFor } as const);
    await this.#answers.save({ ...document, state: 'SETTLED', settledAtMs: this.#clock.nowMs(), ...end }, version);
  }

  async remove({ document, version }: Versioned<KeptAnswer>): Promise<void> {
    await this.#answers.delete(document.id, version);
  }

  #find(state: KeptAnswer['state'], query: Query): Promise<readonly Versioned<KeptAnswer>[]> {
    return this.#answers.find({
      ...query,
      where: { system: { eq: this.system }, state: { eq: state }, ...query.where },
    });
  }
}
