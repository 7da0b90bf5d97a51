import { invariant } from '../../kernel/model/errors.ts';
import { DocumentConflict } from '../../kernel/ports/document-errors.ts';
import type { Collection, OutboxEvent, Versioned } from '../../kernel/ports/documents.ts';
import type { Platform } from '../../kernel/ports/platform.ts';
import { publicationOf } from '../../schema/events/publication.ts';
import { conflictOf } from './conflict-of.ts';
import { DriftWatch } from './drift-watch.ts';
import { eraseEvidence } from './erase-evidence.ts';
import type { WantedText } from './erase-text.ts';
import { placeOfFact, type FactPlace } from './fact-domain.ts';
import { CONFLICTS, MESSAGES, type InboxDocument } from './inbox-document.ts';
import { evidenceOf, inboxEntryOf, type InboxEntry } from './inbox-entry.ts';
import { INBOX_LIMITS, type InboxLimits } from './inbox-limits.ts';
import { sweepInbox } from './inbox-sweeper.ts';
import type { Inbound } from './inbound.ts';
import { findKept, type KeptMessage, type KeptQuery, type WaitingMessage, type WaitingQuery } from './kept-messages.ts';
import { PayloadStore } from './payload-store.ts';
import { causeOf, clearedEvent, foreignEvent, quarantinedEvent } from './quarantine-events.ts';

/**
 * ACCEPTED: durable, and published to everybody who cares. DUPLICATE: accepted before, not applied again. CONFLICT:
 * accepted before with other content; kept as evidence, never applied. QUARANTINED: kept until its cause is mended.
 * FOREIGN: another system owns what it tells; kept as evidence, never applied.
 */
export type Outcome = 'ACCEPTED' | 'DUPLICATE' | 'CONFLICT' | 'QUARANTINED' | 'FOREIGN';

export interface MessageOutcome {
  readonly eventId: string;
  readonly outcome: Outcome;
  /** Why it was not accepted. */
  readonly reason?: string;
}

/**
 * The door through which facts from outside enter, each once.
 *
 * Guarantees:
 * - when `receive` resolves, every message is durable with the events that it causes, or kept for people to look at;
 * - (source, event id) is accepted once, by any number of callers at once; with other content it is never applied;
 * - a quarantined message that comes again and can be read by then is accepted;
 * - messages are published in the order in which they are given;
 * - a message that waits keeps nobody else waiting.
 */
export interface Inbox {
  /**
   * @returns an outcome per message, in their order
   * @throws {Obstacle} when not all could be made durable; the call may be repeated
   */
  receive(source: string, messages: readonly Inbound[]): Promise<readonly MessageOutcome[]>;
  quarantined(query: KeptQuery): Promise<readonly KeptMessage[]>;
  conflicts(query: KeptQuery): Promise<readonly KeptMessage[]>;
  /** Messages that wait, in the order in which they came. */
  waiting(query: WaitingQuery): Promise<readonly WaitingMessage[]>;
  /** States that a message that waits was taken in under another id. */
  replaced(source: string, eventId: string): Promise<void>;
  /** Takes a text out of everything that is kept of messages, facts excepted. @returns how many messages contained it */
  erase(text: WantedText): Promise<number>;
  /** The raw forms of what came. */
  readonly payloads: PayloadStore;
  /** Stops forgetting what is over. */
  close(): Promise<void>;
}

export interface InboxOptions {
  readonly platform: Pick<Platform, 'clock' | 'documents' | 'ids' | 'streams' | 'telemetry'>;
  /** Those that differ from INBOX_LIMITS. */
  readonly limits?: Partial<InboxLimits>;
  /** Which system owns what a fact writes; null: every system may. Default: nobody owns anything. */
  readonly ownerOf?: (place: FactPlace) => string | null;
  /** Versions of the mapping sets that messages of a source are read with now. Default: none are told. */
  readonly mappingVersions?: (source: string) => Readonly<Record<string, number>>;
}

/** Sources stand in front of event ids in document ids, so they must not hold the separator. */
const SOURCE = /^[a-z0-9][a-z0-9.-]{0,63}$/;
const OTHER_CONTENT = 'The same message was received before with other content.';

export async function createInbox({ platform, mappingVersions, ownerOf, ...options }: InboxOptions): Promise<Inbox> {
  const limits = { ...INBOX_LIMITS, ...options.limits };
  const [messages, conflicts, payloads, drift] = await Promise.all([
    platform.documents.collection<InboxDocument>(MESSAGES),
    platform.documents.collection<InboxDocument>(CONFLICTS),
    PayloadStore.open(platform.documents),
    DriftWatch.open({ platform, learnBodies: limits.learnBodies }),
  ]);
  const stopSweeping = sweepInbox({ collections: [messages, conflicts], payloads, platform, limits });
  const versionsOf = mappingVersions ?? (() => ({}));
  const owner = ownerOf ?? (() => null);
  return new DocumentInbox({ platform, messages, conflicts, payloads, drift, limits, versionsOf, owner, stopSweeping });
}

/** Whether a name may be a source. */
export function isSource(name: string): boolean {
  return SOURCE.test(name);
}

interface InboxParts {
  readonly platform: InboxOptions['platform'];
  readonly messages: Collection<InboxDocument>;
  readonly conflicts: Collection<InboxDocument>;
  readonly payloads: PayloadStore;
  readonly drift: DriftWatch;
  readonly limits: InboxLimits;
  readonly versionsOf: (source: string) => Readonly<Record<string, number>>;
  readonly owner: (place: FactPlace) => string | null;
  readonly stopSweeping: () => Promise<void>;
}

interface Foreign {
  readonly place: FactPlace;
  readonly owner: string;
}

class DocumentInbox implements Inbox {
  readonly #parts: InboxParts;

  constructor(parts: InboxParts) {
    this.#parts = parts;
  }

  get payloads(): PayloadStore {
    return this.#parts.payloads;
  }

  async erase(text: WantedText): Promise<number> {
    const { payloads, messages, conflicts } = this.#parts;
    const counts = [
      await payloads.erase(text),
      await eraseEvidence(messages, text),
      await eraseEvidence(conflicts, text),
    ];
    return counts.reduce((sum, count) => sum + count, 0);
  }

  close(): Promise<void> {
    return this.#parts.stopSweeping();
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
    return findKept(this.#parts.messages, 'QUARANTINED', query);
  }

  conflicts(query: KeptQuery): Promise<readonly KeptMessage[]> {
    return findKept(this.#parts.conflicts, 'CONFLICT', query);
  }

  async waiting({ source, cause, after, first }: WaitingQuery): Promise<readonly WaitingMessage[]> {
    const { messages, payloads } = this.#parts;
    const found = await messages.find({
      where: {
        status: { eq: 'QUARANTINED' },
        source: { eq: source },
        ...(cause !== undefined && { cause: { eq: cause } }),
      },
      orderBy: { path: 'receivedAtMs', direction: 'asc' },
      limit: first,
      ...(after && { after: { id: `${source}|${after.eventId}`, value: after.receivedAtMs } }),
    });
    const read = async ({ document: { eventId, receivedAtMs, payload } }: Versioned<InboxDocument>) => {
      const origin = payload === undefined ? undefined : await payloads.get(payload);
      return { eventId, receivedAtMs, ...(origin && { origin }) };
    };
    return Promise.all(found.map(read));
  }

  async replaced(source: string, eventId: string): Promise<void> {
    const { messages, limits, platform } = this.#parts;
    const known = await messages.get(`${source}|${eventId}`);
    if (known?.document.status !== 'QUARANTINED') return;
    const { document, version } = known;
    const expiresAtMs = platform.clock.nowMs() + limits.acceptedKeptMs;
    await messages.save({ ...document, status: 'REPLAYED', expiresAtMs }, version);
    await this.#tellIfCleared(document);
  }

  /** All saves start in one turn, so that they share a commit and keep their order. */
  async #receiveWave(source: string, messages: readonly Inbound[]): Promise<readonly MessageOutcome[]> {
    const entries = messages.map((message) => inboxEntryOf(source, message));
    const found = await this.#parts.messages.getMany(entries.map(({ id }) => id));
    const known = new Map(found.map((versioned) => [versioned.document.id, versioned]));
    const settled = await Promise.allSettled(entries.map((entry) => this.#keep(entry, known.get(entry.id))));
    await this.#parts.drift.observe(source, entries);
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
      await this.#quarantine(entry, known);
      return { eventId, outcome: 'QUARANTINED', reason };
    }
    const foreign = this.#foreignIn(entry);
    if (foreign) {
      await this.#keepForeign(entry, { known, foreign });
      return { eventId, outcome: 'FOREIGN', reason: `${foreign.owner} owns ${foreign.place.domain} there.` };
    }
    const document = this.#documentOf(entry, 'ACCEPTED');
    const saving = this.#parts.messages.save(document, known?.version ?? 0, this.#eventsOf(entry, document));
    await Promise.all([saving, this.#keepPayload(entry, document)]);
    if (known) await this.#tellIfCleared(known.document);
    return { eventId, outcome: 'ACCEPTED' };
  }

  /** The first fact that is not the source's to tell. */
  #foreignIn({ source, facts }: InboxEntry): Foreign | undefined {
    for (const { definition, data } of facts) {
      const place = placeOfFact(definition.type, data);
      const owner = place && this.#parts.owner(place);
      if (place && owner !== null && owner !== undefined && owner !== source) return { place, owner };
    }
    return undefined;
  }

  async #keepForeign(
    entry: InboxEntry,
    { known, foreign }: { readonly known: Versioned<InboxDocument> | undefined; readonly foreign: Foreign },
  ): Promise<void> {
    if (known?.document.status === 'FOREIGN') return;
    const { platform, messages } = this.#parts;
    const kept = this.#documentOf(entry, 'CONFLICT', `${foreign.owner} owns it.`);
    const payload = kept.payload === undefined ? {} : { payload: entry.id };
    const document: InboxDocument = { ...kept, ...payload, id: entry.id, status: 'FOREIGN' };
    const told = [foreignEvent(entry, foreign, { id: platform.ids.next(), document })];
    await Promise.all([messages.save(document, known?.version ?? 0, told), this.#keepPayload(entry, document)]);
    if (known) await this.#tellIfCleared(known.document);
  }

  /** A repeat tells nothing new, unless it waits for something else by now. */
  async #quarantine(entry: InboxEntry, known: Versioned<InboxDocument> | undefined): Promise<void> {
    const { platform, messages } = this.#parts;
    if (known?.document.status === 'QUARANTINED' && known.document.reason === entry.reason) return;
    const fresh = this.#documentOf(entry, 'QUARANTINED', entry.reason);
    const { receivedAtMs, correlationId } = known?.document ?? fresh;
    // It keeps its place among those that wait.
    const document = { ...fresh, receivedAtMs, correlationId };
    const told = [quarantinedEvent(entry, document, platform.ids.next())];
    await Promise.all([messages.save(document, known?.version ?? 0, told), this.#keepPayload(entry, document)]);
    if (known) await this.#tellIfCleared(known.document);
  }

  /** When the last message of a cause is through. Two that end together may both say so, which changes nothing. */
  async #tellIfCleared({ source, cause }: InboxDocument): Promise<void> {
    if (cause === undefined) return;
    const { platform, messages } = this.#parts;
    const others = await messages.find({ where: { status: { eq: 'QUARANTINED' }, cause: { eq: cause } }, limit: 1 });
    if (others.length > 0) return;
    const { stream, subject, envelope } = clearedEvent(
      { source, cause },
      { id: platform.ids.next(), nowMs: platform.clock.nowMs() },
    );
    await platform.streams.publish(stream, subject, envelope);
  }

  async #keepPayload(entry: InboxEntry, { payload, receivedAtMs, expiresAtMs }: InboxDocument): Promise<void> {
    if (payload === undefined || !entry.origin) return;
    const { payloadKeptMs } = this.#parts.limits;
    const until = expiresAtMs === undefined ? {} : { expiresAtMs: receivedAtMs + payloadKeptMs };
    const { source, origin } = entry;
    await this.#parts.payloads.keep({ id: payload, source, ...origin, receivedAtMs, ...until });
  }

  async #keepConflict(entry: InboxEntry): Promise<void> {
    const evidence = this.#documentOf(entry, 'CONFLICT', OTHER_CONTENT);
    const { platform, conflicts } = this.#parts;
    try {
      const told = [conflictOf(entry, evidence, platform.ids.next())];
      const saving = conflicts.save({ ...evidence, id: `${entry.id}|${entry.hash}` }, 0, told);
      await Promise.all([saving, this.#keepPayload(entry, evidence)]);
      const { source, eventId } = entry;
      platform.telemetry.log('warn', 'A message came again with other content.', { source, eventId });
    } catch (error) {
      // The same other content was kept before.
      if (!(error instanceof DocumentConflict)) throw error;
    }
  }

  #documentOf(entry: InboxEntry, status: 'ACCEPTED' | 'QUARANTINED' | 'CONFLICT', reason?: string): InboxDocument {
    const { platform, limits, versionsOf } = this.#parts;
    const { clock, ids } = platform;
    const { id, source, eventId, hash } = entry;
    const receivedAtMs = clock.nowMs();
    const isRawKept = this.#isRawKept(entry);
    const keptMs = status === 'CONFLICT' ? limits.conflictKeptMs : limits.acceptedKeptMs;
    const evidence = reason !== undefined && !isRawKept && { raw: evidenceOf(entry.raw, limits.evidenceBytesMax) };
    const mappingVersions = versionsOf(source);
    return {
      id,
      source,
      eventId,
      status,
      hash,
      receivedAtMs,
      correlationId: ids.next(),
      ...(reason !== undefined && { reason }),
      ...evidence,
      ...(isRawKept && { payload: status === 'CONFLICT' ? `${id}|${hash}` : id }),
      ...(status === 'QUARANTINED' ? { cause: causeOf(entry) } : { expiresAtMs: receivedAtMs + keptMs }),
      ...(Object.keys(mappingVersions).length > 0 && { mappingVersions }),
    };
  }

  #isRawKept({ origin }: InboxEntry): boolean {
    if (!origin) return false;
    return Buffer.byteLength(JSON.stringify(origin.body) ?? '') <= this.#parts.limits.payloadBytesMax;
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
