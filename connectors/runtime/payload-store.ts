import { DocumentConflict } from '../../kernel/ports/document-errors.ts';
import type { Collection, CollectionDefinition, Document, Documents, Versioned } from '../../kernel/ports/documents.ts';
import { withoutText, type WantedText } from './erase-text.ts';
import type { Origin } from './inbound.ts';

/** What a message was made of, as it came. JSON data. */
export interface KeptPayload extends Document {
  readonly source: string;
  readonly kind: string;
  readonly body: unknown;
  readonly receivedAtMs: number;
  /** Absent while the message waits. */
  readonly expiresAtMs?: number;
  /** Personal data were taken out. */
  readonly isErased?: true;
}

export interface PayloadsQuery {
  readonly source: string;
  readonly sinceMs: number;
  readonly after: Versioned<KeptPayload> | undefined;
  readonly limit: number;
}

export const PAYLOADS: CollectionDefinition = {
  name: 'inbox-payloads',
  indexes: [{ paths: ['source', 'receivedAtMs'] }, { paths: ['receivedAtMs'] }, { paths: ['expiresAtMs'] }],
};

const PAGE = 500;

/** Raw messages beside the inbox, which refers to them: they go after a while, or lose what is personal, and facts stay. */
export class PayloadStore {
  readonly #payloads: Collection<KeptPayload>;

  constructor(payloads: Collection<KeptPayload>) {
    this.#payloads = payloads;
  }

  static async open(documents: Documents): Promise<PayloadStore> {
    return new PayloadStore(await documents.collection<KeptPayload>(PAYLOADS));
  }

  /** The first that is kept under a reference stays; when it is to go may change. */
  async keep(payload: KeptPayload): Promise<void> {
    try {
      await this.#payloads.save(payload, 0);
    } catch (error) {
      if (!(error instanceof DocumentConflict)) throw error;
      await this.#expire(payload.id, payload.expiresAtMs);
    }
  }

  async get(reference: string): Promise<Origin | undefined> {
    const found = await this.#payloads.get(reference);
    return found && { kind: found.document.kind, body: found.document.body };
  }

  /** Of one source since an instant, the oldest first. */
  since({ source, sinceMs, after, limit }: PayloadsQuery): Promise<readonly Versioned<KeptPayload>[]> {
    return this.#payloads.find({
      where: { source: { eq: source }, receivedAtMs: { gte: sinceMs } },
      orderBy: { path: 'receivedAtMs', direction: 'asc' },
      limit,
      ...(after && { after: { id: after.document.id, value: after.document.receivedAtMs } }),
    });
  }

  /** Replaces every text that contains the given one, whatever its case. @returns how many messages contained it */
  async erase(text: WantedText): Promise<number> {
    let count = 0;
    let after: { readonly id: string; readonly value: null } | undefined;
    for (;;) {
      const page = await this.#payloads.find({ limit: PAGE, ...(after && { after }) });
      for (const { document } of page) if (await this.#eraseIn(document.id, text)) count++;
      const last = page.at(-1);
      if (!last || page.length < PAGE) return count;
      after = { id: last.document.id, value: null };
    }
  }

  /** @returns how many were removed, at most `limit` */
  async sweep(nowMs: number, limit: number): Promise<number> {
    const old = await this.#payloads.find({
      where: { expiresAtMs: { lt: nowMs } },
      orderBy: { path: 'expiresAtMs', direction: 'asc' },
      limit,
    });
    await Promise.allSettled(old.map(({ document, version }) => this.#payloads.delete(document.id, version)));
    return old.length;
  }

  async #eraseIn(id: string, text: WantedText): Promise<boolean> {
    return this.#change(id, (payload) => {
      const body = withoutText(payload.body, text);
      return body === payload.body ? payload : { ...payload, body, isErased: true };
    });
  }

  async #expire(id: string, expiresAtMs: number | undefined): Promise<void> {
    await this.#change(id, (payload) => {
      if (expiresAtMs === undefined || payload.expiresAtMs !== undefined) return payload;
      return { ...payload, expiresAtMs };
    });
  }

  /** @returns whether it changed anything */
  async #change(id: string, change: (payload: KeptPayload) => KeptPayload): Promise<boolean> {
    for (;;) {
      const known = await this.#payloads.get(id);
      if (!known) return false;
      const changed = change(known.document);
      if (changed === known.document) return false;
      try {
        await this.#payloads.save(changed, known.version);
        return true;
      } catch (error) {
        if (!(error instanceof DocumentConflict)) throw error;
      }
    }
  }
}
