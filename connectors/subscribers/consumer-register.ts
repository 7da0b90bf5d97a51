import { randomBytes } from 'node:crypto';
import { Refusal } from '../../kernel/model/errors.ts';
import { DocumentConflict } from '../../kernel/ports/document-errors.ts';
import { FIND_LIMIT_MAX, type Collection, type Document, type Documents } from '../../kernel/ports/documents.ts';
import type { EventConsumer, EventTopic, PutConsumer } from '../../schema/commands/outbound.ts';

/** A consumer with what signs its events. JSON data. */
export interface KeptConsumer extends EventConsumer {
  readonly secret: string;
}

/** How far a consumer has been fed with one topic. JSON data. */
export interface TopicCursor extends Document {
  /** Of the log; absent before the first page. */
  readonly epoch?: string;
  /** Everything up to here was handed to its queue. */
  readonly seq: number;
  /** One more with each replay: the same event may then go again. */
  readonly generation: number;
}

/** A consumer as it was saved last. */
export interface RegisteredConsumer {
  readonly consumer: KeptConsumer;
  /** One more with each change. */
  readonly version: number;
}

export interface RegisterRules {
  readonly consumersMax: number;
  /** True: http is taken besides https, as in development. */
  readonly isHttpAllowed: boolean;
}

const SECRET_BYTES = 24;
const ID = /^[a-z0-9][a-z0-9-]{0,39}$/;

/** Who gets events, and how far each is. */
export class ConsumerRegister {
  readonly #consumers: Collection<KeptConsumer>;
  readonly #cursors: Collection<TopicCursor>;
  readonly #rules: RegisterRules;

  constructor(
    collections: { readonly consumers: Collection<KeptConsumer>; readonly cursors: Collection<TopicCursor> },
    rules: RegisterRules,
  ) {
    this.#consumers = collections.consumers;
    this.#cursors = collections.cursors;
    this.#rules = rules;
  }

  static async open(documents: Documents, rules: RegisterRules): Promise<ConsumerRegister> {
    const [consumers, cursors] = await Promise.all([
      documents.collection<KeptConsumer>({ name: 'outbound-consumers', indexes: [] }),
      documents.collection<TopicCursor>({ name: 'outbound-cursors', indexes: [] }),
    ]);
    return new ConsumerRegister({ consumers, cursors }, rules);
  }

  async list(): Promise<readonly RegisteredConsumer[]> {
    const found = await this.#consumers.find({ limit: Math.min(FIND_LIMIT_MAX, this.#rules.consumersMax) });
    return found.map(({ document: consumer, version }) => ({ consumer, version }));
  }

  /**
   * @returns the secret when it is new
   * @throws {Refusal} BAD_USER_INPUT, LIMIT_EXCEEDED
   */
  async put({
    isSecretRenewed,
    ...consumer
  }: PutConsumer): Promise<{ readonly registered: RegisteredConsumer; readonly secret: string | null }> {
    this.#assertFits(consumer);
    for (;;) {
      const known = await this.#consumers.get(consumer.id);
      if (!known) await this.#assertRoom();
      const fresh = !known || isSecretRenewed ? newSecret() : null;
      const kept = { ...consumer, secret: fresh ?? known?.document.secret ?? '' };
      try {
        const version = await this.#consumers.save(kept, known?.version ?? 0);
        return { registered: { consumer: kept, version }, secret: fresh };
      } catch (error) {
        if (!(error instanceof DocumentConflict)) throw error;
      }
    }
  }

  async cursor(
    consumer: string,
    topic: EventTopic,
  ): Promise<{ readonly cursor: TopicCursor; readonly version: number }> {
    const id = `${consumer}|${topic}`;
    const known = await this.#cursors.get(id);
    return known
      ? { cursor: known.document, version: known.version }
      : { cursor: { id, seq: -1, generation: 1 }, version: 0 };
  }

  /** @throws {DocumentConflict} when somebody else has moved it */
  async move(cursor: TopicCursor, version: number): Promise<void> {
    await this.#cursors.save(cursor, version);
  }

  #assertFits({ id, url }: EventConsumer): void {
    if (!ID.test(id)) throw new Refusal('BAD_USER_INPUT', `"${id}" cannot be the name of a consumer.`, { field: 'id' });
    const protocol = URL.canParse(url) ? new URL(url).protocol : '';
    if (protocol === 'https:' || (protocol === 'http:' && this.#rules.isHttpAllowed)) return;
    throw new Refusal('BAD_USER_INPUT', 'url must be an https URL.', { field: 'url' });
  }

  async #assertRoom(): Promise<void> {
    const { consumersMax: max } = this.#rules;
    if ((await this.list()).length < max) return;
    throw new Refusal('LIMIT_EXCEEDED', `There are ${max} consumers already.`, { limit: 'consumersMax', max });
  }
}

function newSecret(): string {
  return `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
}
