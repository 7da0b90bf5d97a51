import type { Collection } from '../../../kernel/ports/documents.ts';
import type { Platform } from '../../../kernel/ports/platform.ts';
import type { FactOutcomes, FactOutcomesReply } from '../../../schema/commands/inventory.ts';
import type { FactIntake } from './fact-intake.ts';
import type { Ledger } from './ledger.ts';
import { PARKED_FACTS, type ParkedFact } from './parked-fact.ts';

/** Codes that lines of one fact are looked for under; what waits beyond is not told line by line. */
const PARKED_PER_FACT_MAX = 100;

type Outcome = FactOutcomesReply['outcomes'][number];

/** Says what became of facts that the inbox has accepted. What it says is durable. */
export class FactOutcomeReader {
  readonly #ledger: Ledger;
  readonly #intake: FactIntake;
  readonly #parked: Collection<ParkedFact>;

  private constructor(ledger: Ledger, intake: FactIntake, parked: Collection<ParkedFact>) {
    this.#ledger = ledger;
    this.#intake = intake;
    this.#parked = parked;
  }

  static async open(ledger: Ledger, intake: FactIntake, { documents }: Platform): Promise<FactOutcomeReader> {
    return new FactOutcomeReader(ledger, intake, await documents.collection<ParkedFact>(PARKED_FACTS));
  }

  /** In the order asked. */
  async read({ system, eventIds }: FactOutcomes): Promise<FactOutcomesReply> {
    const outcomes: Outcome[] = [];
    for (const eventId of eventIds) outcomes.push(await this.#outcomeOf(system, eventId));
    // What was looked at may have been decided and not written yet.
    await this.#ledger.read(() => undefined);
    return { outcomes };
  }

  /** Asks in such an order that no line is forgotten that is on its way from the ledger to the parked ones. */
  async #outcomeOf(system: string, eventId: string): Promise<Outcome> {
    const source = { system, eventId };
    const wasKnown = await this.#ledger.knowsFact(source);
    if (this.#intake.isTaking(source)) return { eventId, state: 'PENDING', parkedLines: [] };
    const parkedLines = await this.#parkedLines(`${system}|${eventId}|`);
    if (parkedLines.length === 0) return { eventId, state: wasKnown ? 'RECORDED' : 'PENDING', parkedLines };
    const isKnown = wasKnown || (await this.#ledger.knowsFact(source));
    if (this.#intake.isTaking(source)) return { eventId, state: 'PENDING', parkedLines: [] };
    return { eventId, state: isKnown ? 'PARTLY_RECORDED' : 'PARKED', parkedLines };
  }

  /** Ids of parked facts begin with those of their fact and are read in their order. */
  async #parkedLines(prefix: string): Promise<Outcome['parkedLines']> {
    const rows = await this.#parked.find({ after: { id: prefix, value: null }, limit: PARKED_PER_FACT_MAX });
    return rows
      .map(({ document }) => document)
      .filter(({ id }) => id.startsWith(prefix))
      .flatMap(({ lines }) => lines.map((line) => ({ ...line })));
  }
}
