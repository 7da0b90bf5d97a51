import { HttpFailure } from '../runtime/http-failure.ts';
import type { SimulatorCore } from '../runtime/simulator.ts';

export interface MarketFeed {
  readonly id: string;
  readonly type: string;
  readonly marketplaceIds: readonly string[];
  readonly documentId: string;
  readonly createdAt: string;
  status: 'IN_QUEUE' | 'DONE' | 'FATAL' | 'CANCELLED';
  resultDocumentId: string | null;
}

/** By type, what a feed does; it answers with the text of its report. */
export type FeedProcessors = Readonly<Record<string, (text: string) => string>>;

const FEEDS_MAX = 100_000;

/** Feeds and their documents. A feed is processed when its time has come: at once, or when somebody says so. */
export class FeedDesk {
  readonly #core: SimulatorCore;
  readonly #processors: FeedProcessors;
  readonly #isDeferred: boolean;
  /** Null until it is uploaded. */
  readonly #documents = new Map<string, string | null>();
  readonly #feeds = new Map<string, MarketFeed>();
  #number: number;

  constructor(
    core: SimulatorCore,
    parts: { readonly processors: FeedProcessors; readonly isDeferred: boolean; readonly numbersFrom: number },
  ) {
    this.#core = core;
    this.#processors = parts.processors;
    this.#isDeferred = parts.isDeferred;
    this.#number = parts.numbersFrom;
  }

  get feeds(): readonly MarketFeed[] {
    return [...this.#feeds.values()];
  }

  createDocument(): string {
    if (this.#documents.size >= FEEDS_MAX) throw new HttpFailure(503, 'ServiceUnavailable', 'No more documents.');
    const id = `amzn1.tortuga.4.eu.${this.#core.ids.uuid()}`;
    this.#documents.set(id, null);
    return id;
  }

  upload(id: string, text: string): void {
    if (!this.#documents.has(id)) throw new HttpFailure(404, 'NotFound', 'There is no such document.');
    this.#documents.set(id, text);
  }

  /** @throws {HttpFailure} 400 for one that is not there or not uploaded */
  documentText(id: string): string {
    const text = this.#documents.get(id);
    if (typeof text === 'string') return text;
    throw new HttpFailure(400, '400', 'Invalid input');
  }

  create(input: Pick<MarketFeed, 'type' | 'marketplaceIds' | 'documentId'>): MarketFeed {
    this.documentText(input.documentId);
    const feed: MarketFeed = {
      id: String(++this.#number),
      ...input,
      createdAt: this.#core.nowIso(),
      status: 'IN_QUEUE',
      resultDocumentId: null,
    };
    this.#feeds.set(feed.id, feed);
    if (!this.#isDeferred) this.#process(feed);
    return feed;
  }

  /** @throws {HttpFailure} 400 */
  get(id: string): MarketFeed {
    const feed = this.#feeds.get(id);
    if (feed) return feed;
    throw new HttpFailure(400, '400', 'Invalid input');
  }

  /** Processes what waits. */
  settle(): void {
    for (const feed of this.#feeds.values()) if (feed.status === 'IN_QUEUE') this.#process(feed);
  }

  #process(feed: MarketFeed): void {
    try {
      const report = this.#processors[feed.type]?.(this.documentText(feed.documentId));
      if (report === undefined) throw new HttpFailure(400, '400', `Feeds of type ${feed.type} are not taken.`);
      feed.resultDocumentId = this.createDocument();
      this.upload(feed.resultDocumentId, report);
      feed.status = 'DONE';
    } catch {
      // A feed that cannot be read at all has no report.
      feed.status = 'FATAL';
    }
  }
}
