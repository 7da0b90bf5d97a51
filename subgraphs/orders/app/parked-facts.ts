import type { EventEnvelope } from '../../../kernel/model/event-envelope.ts';
import type { Clock } from '../../../kernel/ports/clock.ts';
import type { Collection, CollectionDefinition, Document } from '../../../kernel/ports/documents.ts';
import type { Ids } from '../../../kernel/ports/ids.ts';
import type { Platform } from '../../../kernel/ports/platform.ts';
import type { Telemetry } from '../../../kernel/ports/telemetry.ts';
import { withoutCustomer, type ErasedCustomer } from './erasure/without-customer.ts';
import { refusedFactPublications } from './refused-fact.ts';
import { takenOrderPublications, waitingOrderPublications } from './waiting-marketplace-order.ts';

/** A fact that cannot be applied now. */
export interface ParkedFact extends Document {
  /** `<system>/<event id>`. */
  readonly id: string;
  /** What has to come first, such as `sku:84406B`, or what is wrong, such as `refused:LIMIT_EXCEEDED`. */
  readonly waitsFor: string;
  readonly parkedAtMs: number;
  /** When people are to hear that its order does not come. Absent: they have, or it waits for nothing of the kind. */
  readonly tellAtMs?: number;
  readonly envelope: EventEnvelope;
}

export const PARKED_FACTS: CollectionDefinition = {
  name: 'orders-parked-facts',
  indexes: [{ paths: ['waitsFor', 'parkedAtMs'] }, { paths: ['tellAtMs'] }],
};

/** Facts looked up at a time when they may go on. */
const PAGE = 100;

/** What waits for an order, which may never come. */
const FOR_AN_ORDER = ['number', 'placed'];

export interface ParkedFactsParts extends Pick<Platform, 'documents' | 'clock' | 'ids' | 'telemetry'> {
  /** How long a fact may wait for its order before people are told. */
  readonly unmetFactMsMax: number;
}

/** Facts that are kept until what they wait for is there, or until a person has looked. */
export class ParkedFacts {
  readonly #facts: Collection<ParkedFact>;
  readonly #clock: Clock;
  readonly #ids: Ids;
  readonly #telemetry: Telemetry;
  readonly #unmetFactMsMax: number;

  private constructor(
    facts: Collection<ParkedFact>,
    { clock, ids, telemetry, unmetFactMsMax }: Omit<ParkedFactsParts, 'documents'>,
  ) {
    this.#facts = facts;
    this.#clock = clock;
    this.#ids = ids;
    this.#telemetry = telemetry;
    this.#unmetFactMsMax = unmetFactMsMax;
  }

  static async open(parts: ParkedFactsParts): Promise<ParkedFacts> {
    return new ParkedFacts(await parts.documents.collection<ParkedFact>(PARKED_FACTS), parts);
  }

  /** Keeps a fact once, however often it comes. */
  async park(envelope: EventEnvelope, waitsFor: string): Promise<void> {
    const { system, eventId } = envelope.source;
    const id = `${system}/${eventId}`;
    const before = await this.#facts.get(id);
    if (before?.document.waitsFor === waitsFor) return;
    const nowMs = this.#clock.nowMs();
    const waiting = { envelope, waitsFor, ids: this.#ids, nowMs };
    const told = [...refusedFactPublications(waiting), ...waitingOrderPublications(waiting)];
    const [reason = ''] = waitsFor.split(':');
    const unmet = FOR_AN_ORDER.includes(reason) && { tellAtMs: nowMs + this.#unmetFactMsMax };
    await this.#facts.save({ id, waitsFor, parkedAtMs: nowMs, ...unmet, envelope }, before?.version ?? 0, told);
    this.#telemetry.count('orders_facts_parked_total', { type: envelope.type, reason });
    this.#telemetry.log('warn', 'a fact was parked', { type: envelope.type, source: system, eventId, waitsFor });
  }

  /**
   * Tries every fact that waits for this again, in the order of their parking.
   * @param apply gives what the fact waits for now, or undefined when it is applied
   */
  async resume(waitsFor: string, apply: (envelope: EventEnvelope) => Promise<string | undefined>): Promise<void> {
    for (;;) {
      const found = await this.#facts.find({
        where: { waitsFor: { eq: waitsFor } },
        orderBy: { path: 'parkedAtMs', direction: 'asc' },
        limit: PAGE,
      });
      for (const { document, version } of found) {
        const stillWaitsFor = await apply(document.envelope);
        if (stillWaitsFor === waitsFor) return;
        if (stillWaitsFor === undefined) await this.#forget(document, version);
        else await this.park(document.envelope, stillWaitsFor);
      }
      if (found.length < PAGE) return;
    }
  }

  /** Tells people, once, of what waits too long for its order. It goes on waiting. */
  async tellUnmet(): Promise<void> {
    const nowMs = this.#clock.nowMs();
    for (;;) {
      const due = await this.#facts.find({ where: { tellAtMs: { lte: nowMs } }, limit: PAGE });
      for (const { document, version } of due) {
        const { tellAtMs: _, ...waiting } = document;
        const waitsFor = `order:${waiting.waitsFor.slice(waiting.waitsFor.indexOf(':') + 1)}`;
        const told = refusedFactPublications({ ...waiting, waitsFor, ids: this.#ids, nowMs });
        await this.#facts.save(waiting, version, told);
      }
      if (due.length < PAGE) return;
    }
  }

  /**
   * Takes a customer out of facts that are refused for good.
   * @returns how many that name the customer may still be taken in
   */
  async erase(erasure: ErasedCustomer): Promise<number> {
    let waiting = 0;
    let after: { readonly id: string; readonly value: null } | undefined;
    do {
      const found = await this.#facts.find({ limit: PAGE, ...(after && { after }) });
      for (const { document, version } of found) {
        const erased = withoutCustomer(document, erasure);
        if (erased === 'WAITING') waiting++;
        else if (erased !== document) await this.#facts.save(erased, version);
      }
      const last = found.length === PAGE ? found.at(-1)?.document.id : undefined;
      after = last === undefined ? undefined : { id: last, value: null };
    } while (after);
    return waiting;
  }

  async #forget(document: ParkedFact, version: number): Promise<void> {
    const told = takenOrderPublications({ ...document, ids: this.#ids, nowMs: this.#clock.nowMs() });
    const last = told.length > 0 ? await this.#facts.save(document, version, told) : version;
    await this.#facts.delete(document.id, last);
  }
}
