import type { Collection } from '../../../kernel/ports/documents.ts';
import type { CancelTimer } from '../../../kernel/ports/clock.ts';
import type { Platform } from '../../../kernel/ports/platform.ts';
import type { ExceptionReport } from '../domain/exception-event.ts';
import type { InventoryLimits } from './inventory-limits.ts';
import type { Ledger } from './ledger.ts';
import { PARKED_FACTS, type ParkedFact } from './parked-fact.ts';

/** Parked facts that are looked at in one round; they are the oldest. */
const PARKED_PER_ROUND_MAX = 1_000;

/**
 * Tells people of codes that facts have waited for too long, one exception for each code, and closes it when nothing waits
 * for the code any more.
 */
export class ParkedWatch {
  readonly #ledger: Ledger;
  readonly #platform: Platform;
  readonly #limits: InventoryLimits;
  readonly #parked: Collection<ParkedFact>;
  #cancel: CancelTimer = () => undefined;
  #looking: Promise<void> = Promise.resolve();
  #isStopped = false;

  private constructor(ledger: Ledger, platform: Platform, rest: ParkedWatchParts) {
    this.#ledger = ledger;
    this.#platform = platform;
    this.#limits = rest.limits;
    this.#parked = rest.parked;
  }

  static async open(ledger: Ledger, platform: Platform, limits: InventoryLimits): Promise<ParkedWatch> {
    const parked = await platform.documents.collection<ParkedFact>(PARKED_FACTS);
    return new ParkedWatch(ledger, platform, { limits, parked });
  }

  /** @returns stops it when what is under way is done */
  start(): () => Promise<void> {
    this.#schedule();
    return async () => {
      this.#isStopped = true;
      this.#cancel();
      await this.#looking;
    };
  }

  #schedule(): void {
    if (this.#isStopped) return;
    this.#cancel = this.#platform.clock.after(this.#limits.parkedCheckMs, () => {
      this.#looking = this.#look()
        .catch((error: unknown) => {
          this.#platform.telemetry.log('warn', 'parked facts could not be looked at', { error: String(error) });
        })
        .finally(() => this.#schedule());
    });
  }

  async #look(): Promise<void> {
    const raised = await this.#overdue();
    const causes = new Set(raised.map(({ cause }) => cause));
    const open = this.#ledger.state.exceptions.ofClass('UNKNOWN_CODE').filter(({ cause }) => !causes.has(cause));
    const gone: string[] = [];
    for (const { cause } of open) if (!(await this.#isWaitedFor(cause))) gone.push(cause);
    const fresh = raised.filter(({ cause }) => !this.#ledger.state.exceptions.get(cause));
    if (fresh.length + gone.length === 0) return;
    const because = 'Nothing waits for the code any more.';
    const cleared = gone.map((cause) => ({ cause, because }));
    await this.#ledger.execute({ type: 'report-exceptions', raised: fresh, cleared });
  }

  async #overdue(): Promise<readonly ExceptionReport[]> {
    const { parkedAgeMsMax } = this.#limits;
    const rows = await this.#parked.find({
      where: { parkedAtMs: { lte: this.#platform.clock.nowMs() - parkedAgeMsMax } },
      orderBy: { path: 'parkedAtMs', direction: 'asc' },
      limit: PARKED_PER_ROUND_MAX,
    });
    const byCode = Map.groupBy(rows, ({ document }) => document.waitsFor);
    return [...byCode].map(([waitsFor, [first]]) => reportOf(waitsFor, (first as (typeof rows)[number]).document));
  }

  async #isWaitedFor(cause: string): Promise<boolean> {
    const rows = await this.#parked.find({ where: { waitsFor: { eq: codeOf(cause) } }, limit: 1 });
    return rows.length > 0;
  }
}

interface ParkedWatchParts {
  readonly limits: InventoryLimits;
  readonly parked: Collection<ParkedFact>;
}

const PREFIX = 'UNKNOWN_CODE|';
const codeOf = (cause: string): string => cause.slice(PREFIX.length);

function reportOf(waitsFor: string, { fact, lines }: ParkedFact): ExceptionReport {
  const code = waitsFor.slice(waitsFor.indexOf(':') + 1);
  const what = waitsFor.startsWith('LOCATION:') ? { location: code } : { sku: code, location: fact.data.location };
  const { source, correlationId } = fact;
  return {
    cause: `${PREFIX}${waitsFor}`,
    class: 'UNKNOWN_CODE',
    severity: 'MEDIUM',
    ...what,
    lineage: { ...source, ...(correlationId !== undefined && { correlationId }) },
    summary: `Facts wait for ${waitsFor}, the first of them ${source.eventId} of ${source.system}: ${lines[0]?.message ?? ''}`,
  };
}
