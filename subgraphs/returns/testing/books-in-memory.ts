import type { Erp } from '../../../connectors/erp/port.ts';
import type { OutboundCommand, OutboundCommands, Submission } from '../../../connectors/outbound/port.ts';
import { Obstacle } from '../../../kernel/model/errors.ts';
import type { Platform } from '../../../kernel/ports/platform.ts';
import { changeCondition, type ChangeCondition } from '../../../schema/commands/inventory.ts';
import { postCreditNote, type Booking } from '../../../schema/commands/journals.ts';
import { commandSettled } from '../../../schema/events/outbound.ts';
import { publicationOf } from '../../../schema/events/publication.ts';
import { rpcSubjectOf } from '../../../schema/events/subjects.ts';

const SYSTEM = 'erp-main';
/** Every unit costs one pound and ten pence. */
const UNIT_COST = 1_100_000;

interface BookedDocument {
  readonly reference: string;
  readonly name: string;
  readonly bookings: readonly Booking[];
}

/** An ERP that keeps books, with its queue in front, and the shelf that the ledger moves goods on and off. */
export class BooksInMemory implements OutboundCommands {
  /** False: it answers nothing, and what is for it waits. */
  isUp = true;
  /** What it says no to, and why; undefined: nothing. */
  refuses: string | undefined;
  /** In the order in which they were posted, each reference once. */
  readonly documents: BookedDocument[] = [];
  readonly moves: ChangeCondition[] = [];
  readonly #settled = new Map<string, Submission>();
  readonly #waiting = new Map<string, OutboundCommand>();

  readonly erp = {
    system: SYSTEM,
    journal: {
      takesValuation: true,
      unitCosts: async (skus: readonly string[]) => {
        if (!this.isUp) throw new Obstacle('UPSTREAM_UNAVAILABLE', 'The ERP is down.');
        return { currency: 'GBP', costs: new Map(skus.map((sku) => [sku, UNIT_COST])) };
      },
    },
  } as unknown as Erp;

  async submit(command: OutboundCommand): Promise<Submission> {
    const settled = this.#settled.get(command.key);
    if (settled) return settled;
    if (this.isUp) return this.#perform(command);
    this.#waiting.set(command.key, command);
    return { status: 'WAITING' };
  }

  /** It is there again, does what waited for it in order, and tells. */
  async resume(platform: Pick<Platform, 'streams' | 'ids' | 'clock'>): Promise<void> {
    this.isUp = true;
    for (const [key, command] of this.#waiting) {
      const { status } = this.#perform(command);
      this.#waiting.delete(key);
      const id = platform.ids.next();
      const nowMs = platform.clock.nowMs();
      const { ref, name, system } = command;
      const told = publicationOf(commandSettled, {
        id,
        key: ref,
        source: { system: 'outbound', eventId: id },
        occurredAtMs: nowMs,
        recordedAtMs: nowMs,
        correlationId: command.correlationId,
        data: { system, key, name, ref, status: status === 'DONE' ? 'DONE' : 'REFUSED', attempts: 1 },
      });
      await platform.streams.publish(told.stream, told.subject, told.envelope);
    }
  }

  /** What stands on each account, in minor units; accounts with nothing are absent. */
  balances(): Readonly<Record<string, number>> {
    const sums: Record<string, number> = {};
    for (const { account, amountMinor } of this.documents.flatMap(({ bookings }) => bookings)) {
      sums[account] = (sums[account] ?? 0) + amountMinor;
    }
    return Object.fromEntries(Object.entries(sums).filter(([, amountMinor]) => amountMinor !== 0));
  }

  serveShelf({ rpc }: Pick<Platform, 'rpc'>): void {
    rpc.serve(rpcSubjectOf(changeCondition.context, changeCondition.name), async ({ payload }) => {
      const move = payload as ChangeCondition;
      if (!this.moves.some(({ commandId }) => commandId === move.commandId)) this.moves.push(move);
      return { changeCursor: '' };
    });
  }

  #perform(command: OutboundCommand): Submission {
    const submission = this.#answer(command);
    this.#settled.set(command.key, submission);
    return submission;
  }

  #answer({ name, payload }: OutboundCommand): Submission {
    if (this.refuses !== undefined) {
      return { status: 'REFUSED', code: 'UPSTREAM_REJECTED', message: this.refuses, details: {} };
    }
    const { reference, bookings, totalMinor } = payload as {
      readonly reference: string;
      readonly bookings: readonly Booking[];
      readonly totalMinor?: number;
    };
    if (!this.documents.some((known) => known.reference === reference)) {
      const isNote = name === postCreditNote.name;
      const owed: Booking = { account: 'CUSTOMER_LIABILITY', amountMinor: 0 - (totalMinor ?? 0) };
      this.documents.push({ reference, name, bookings: isNote ? [...bookings, owed] : bookings });
    }
    return { status: 'DONE', result: { document: `DOC-${reference}` } };
  }
}
