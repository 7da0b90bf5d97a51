import { invariant } from '../../kernel/model/errors.ts';
import { DocumentConflict } from '../../kernel/ports/document-errors.ts';
import type { Collection, CollectionDefinition, OutboxEvent, Versioned } from '../../kernel/ports/documents.ts';
import type { Platform } from '../../kernel/ports/platform.ts';
import { publicationOf } from '../../schema/events/publication.ts';
import { conflictOf } from './conflict-of.ts';
import { evidenceOf, inboxEntryOf, type InboxEntry } from './inbox-entry.ts';
import { INBOX_LIMITS, type InboxLimits } from './inbox-limits.ts';
import type { Inbound } from './inbound.ts';

/**
 * ACCEPTED: durable, and published to everybody who cares. DUPLICATE: accepted before, not applied again. CONFLICT:
 * accepted before with other content; kept as evidence, never applied. QUARANTINED: kept until its cause is mended.
 */
export type Outcome = 'ACCEPTED' | 'DUPLICATE' | 'CONFLICT' | 'QUARANTINED';

export interface MessageOutcome {
  readonly eventId: string;
  readonly outcome: Outcome;
  /** Why it was not accepted. */
  readonly reason?: string;
}

export interface KeptMessage {
  readonly source: string;
  readonly eventId: string;
  readonly reason: string;
  readonly receivedAtMs: number;
  readonly correlationId: string;
  /** What arrived; cut off beyond `evidenceBytesMax`. */
  readonly raw: unknown;
}

export interface KeptQuery {
  /** Absent: of all sources. */
  readonly source?: string;
  /** At most FIND_LIMIT_MAX; the newest come first. */
  readonly first: number;
}

/**
 * The door through which facts from outside enter, each once.
 *
 * Guarantees:
 * - when `receive` resolves, every message is durable with the events that it causes, or kept for people to look at;
 * - (source, event id) is accepted once, by any number of callers at once; with other content it is never applied;
 * - a quarantined message that comes again and can be read by then is accepted;
 * - messages are published in the order in which they are given.
 */
export interface Inbox {
  /**
   * @returns an outcome per message, in their order
   * @throws {Obstacle} when not all could be made durable; the call may be repeated
   */
  receive(source: string, messages: readonly Inbound[]): Promise<readonly MessageOutcome[]>;
  quarantined(query: KeptQuery): Promise<readonly KeptMessage[]>;
  conflicts(query: KeptQuery): Promise<readonly KeptMessage[]>;
}

export interface InboxOptions {
  readonly platform: Pick<Platform, 'clock' | 'documents' | 'ids' | 'telemetry'>;
  /** Those that differ from INBOX_LIMITS. */
  readonly limits?: Partial<InboxLimits>;
}

/** The content of an accepted message stands in its event; only its hash is kept here. */
interface InboxDocument {
  readonly id: string;
  readonly source: string;
  readonly eventId: string;
  readonly status: 'ACCEPTED' | 'QUARANTINED' | 'CONFLICT';
  readonly hash: string;
  readonly receivedAtMs: number;
  readonly correlationId: string;
  readonly reason?: string;
  readonly raw?: unknown;
}

const INDEXES = [{ paths: ['status', 'source', 'receivedAtMs'] }] as const;
const MESSAGES: CollectionDefinition = { name: 'inbox-messages', indexes: INDEXES };
const CONFLICTS: CollectionDefinition = { name: 'inbox-conflicts', indexes: INDEXES };
/** Sources stand in front of event ids in document ids, so they must not hold the separator. */
const SOURCE = /^[a-z0-9][a-z0-9.-]{0,63}$/;
const OTHER_CONTENT = 'The same message was received before with other content.';

export async function createInbox({ platform, limits }: InboxOptions): Promise<Inbox> {
  const [messages, conflicts] = await Promise.all([
    platform.documents.collection<InboxDocument>(MESSAGES),
    platform.documents.collection<InboxDocument>(CONFLICTS),
  ]);
  return new DocumentInbox({ platform, messages, conflicts, limits: { ...INBOX_LIMITS, ...limits } });
}

/** Whether a name may be a source. */
export function isSource(name: string): boolean {
  return SOURCE.test(name);
}

interface InboxParts {
  readonly platform: InboxOptions['platform'];
  readonly messages: Collection<InboxDocument>;
  readonly conflicts: Collection<InboxDocument>;
  readonly limits: InboxLimits;
}

class DocumentInbox implements Inbox {
  readonly #parts: InboxParts;

  constructor(parts: InboxParts) {
    this.#parts = parts;
  }

  async receive(source: string, messages: readonly Inbound[]): Promise<readonly MessageOutcome[]> {
    invariant(isSource(source), `"${source}" cannot be a source.`);
    const { waveMessagesMax } = this.#parts.limits;
    const outcomes: MessageOutcome[] = [];
    for (let from = 0; from < messages.length; from += waveMessagesMax) {
      outcomes.push(...(await this.#receiveWave(source, messages.slice(from, from + waveMessagesMax))));
    }
    return outcomes;
  }

  quarantined(query: KeptQuery): Promise<readonly KeptMessage[]> {
    return find(this.#parts.messages, 'QUARANTINED', query);
  }

  conflicts(query: KeptQuery): Promise<readonly KeptMessage[]> {
    return find(this.#parts.conflicts, 'CONFLICT', query);
  }

  /** All saves start in one turn, so that they share a commit and keep their order. */
  async #receiveWave(source: string, messages: readonly Inbound[]): Promise<readonly MessageOutcome[]> {
    const entries = messages.map((message) => inboxEntryOf(source, message));
    const found = await this.#parts.messages.getMany(entries.map(({ id }) => id));
    const known = new Map(found.map((versioned) => [versioned.document.id, versioned]));
    const settled = await Promise.allSettled(entries.map((entry) => this.#keep(entry, known.get(entry.id))));
    return settled.map((result) => {
      if (result.status === 'rejected') throw result.reason;
      this.#parts.platform.telemetry.count('inbox_messages_total', { source, outcome: result.value.outcome });
      return result.value;
    });
  }

  async #keep(entry: InboxEntry, found: Versioned<InboxDocument> | undefined): Promise<MessageOutcome> {
    let known = found;
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#keepOnce(entry, known);
      } catch (error) {
        if (!(error instanceof DocumentConflict) || attempt >= this.#parts.limits.attemptsMax) throw error;
        known = await this.#parts.messages.get(entry.id);
      }
    }
  }

  /** @throws {DocumentConflict} when somebody else kept the same message in between */
  async #keepOnce(entry: InboxEntry, known: Versioned<InboxDocument> | undefined): Promise<MessageOutcome> {
    const { eventId, reason } = entry;
    if (known?.document.status === 'ACCEPTED') {
      if (known.document.hash === entry.hash) return { eventId, outcome: 'DUPLICATE' };
      await this.#keepConflict(entry);
      return { eventId, outcome: 'CONFLICT', reason: OTHER_CONTENT };
    }
    if (reason !== undefined) {
      // What it was quarantined for first is kept: a repeat tells nothing new.
      if (!known) await this.#parts.messages.save(this.#documentOf(entry, 'QUARANTINED', reason), 0);
      return { eventId, outcome: 'QUARANTINED', reason };
    }
    const document = this.#documentOf(entry, 'ACCEPTED');
    await this.#parts.messages.save(document, known?.version ?? 0, this.#eventsOf(entry, document));
    return { eventId, outcome: 'ACCEPTED' };
  }

  async #keepConflict(entry: InboxEntry): Promise<void> {
    const evidence = this.#documentOf(entry, 'CONFLICT', OTHER_CONTENT);
    const { platform, conflicts } = this.#parts;
    try {
      const told = [conflictOf(entry, evidence, platform.ids.next())];
      await conflicts.save({ ...evidence, id: `${entry.id}|${entry.hash}` }, 0, told);
      const { source, eventId } = entry;
      platform.telemetry.log('warn', 'A message came again with other content.', { source, eventId });
    } catch (error) {
      // The same other content was kept before.
      if (!(error instanceof DocumentConflict)) throw error;
    }
  }

  #documentOf(entry: InboxEntry, status: InboxDocument['status'], reason?: string): InboxDocument {
    const { clock, ids } = this.#parts.platform;
    const { id, source, eventId, hash } = entry;
    return {
      id,
      source,
      eventId,
      status,
      hash,
      receivedAtMs: clock.nowMs(),
      correlationId: ids.next(),
      ...(reason !== undefined && { reason, raw: evidenceOf(entry.raw, this.#parts.limits.evidenceBytesMax) }),
    };
  }

  #eventsOf(entry: InboxEntry, { receivedAtMs, correlationId }: InboxDocument): OutboxEvent[] {
    return entry.facts.map(({ definition, eventId, key, occurredAtMs, data }) =>
      publicationOf(definition, {
        id: this.#parts.platform.ids.next(),
        key,
        source: { system: entry.source, eventId, ...(entry.sequence && { sequence: entry.sequence }) },
        occurredAtMs,
        recordedAtMs: receivedAtMs,
        correlationId,
        data,
      }),
    );
  }
}

async function find(
  collection: Collection<InboxDocument>,
  status: InboxDocument['status'],
  { source, first }: KeptQuery,
): Promise<readonly KeptMessage[]> {
  const found = await collection.find({
    where: { status: { eq: status }, ...(source !== undefined && { source: { eq: source } }) },
    orderBy: { path: 'receivedAtMs', direction: 'desc' },
    limit: first,
  });
  return found.map(({ document }) => ({
    source: document.source,
    eventId: document.eventId,
    reason: document.reason ?? '',
    receivedAtMs: document.receivedAtMs,
    correlationId: document.correlationId,
    raw: document.raw,
  }));
}
