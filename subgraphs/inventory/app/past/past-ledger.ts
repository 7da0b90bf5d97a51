import type { PastPort } from '../../../../kernel/engine/past/past-connection.ts';
import type { PastLimits } from '../../../../kernel/engine/past/past-limits.ts';
import { PastStates } from '../../../../kernel/engine/past/past-states.ts';
import { Refusal } from '../../../../kernel/model/errors.ts';
import type { Platform } from '../../../../kernel/ports/platform.ts';
import { CONTEXT, type Ledger } from '../ledger.ts';
import type { PastAnswerTo, PastQuestion } from './answer-past.ts';
import { startPastWorker } from './start-past-worker.ts';

/** The ledger as it stood at past instants: by what it had recorded by then, and not by what it learnt later. */
export class PastLedger {
  readonly #ledger: Ledger;
  readonly #clock: Platform['clock'];
  readonly #states: PastStates;

  /** @param connect default: a thread of its own */
  constructor(
    ledger: Ledger,
    platform: Pick<Platform, 'clock' | 'snapshots'>,
    limits: PastLimits,
    connect: () => PastPort = () => startPastWorker(limits),
  ) {
    const { clock, snapshots } = platform;
    this.#ledger = ledger;
    this.#clock = clock;
    this.#states = new PastStates({ context: CONTEXT, log: ledger, snapshots, clock, limits, connect });
  }

  /**
   * Answers from the state after the last batch that was recorded at or before an instant, whenever it is asked.
   * @throws {Refusal} BAD_USER_INPUT for an instant that has not passed, or what the question is refused for
   * @throws {Obstacle} PAST_NOT_REBUILT, OVERLOADED or CONTEXT_UNAVAILABLE
   */
  async ask<Type extends PastQuestion['type']>(
    asOf: string,
    question: Extract<PastQuestion, { readonly type: Type }>,
  ): Promise<PastAnswerTo<Type>> {
    const atMs = Date.parse(asOf);
    // What was decided in this very millisecond may still be followed by more of it.
    if (!(atMs < this.#clock.nowMs())) {
      throw new Refusal('BAD_USER_INPUT', 'asOf must lie in the past.', { field: 'asOf' });
    }
    // Waits for the batch under way, which may have been decided before the instant.
    const seq = await this.#ledger.read(() => this.#ledger.seqAt(atMs));
    return this.#states.ask(seq, question);
  }

  close(): void {
    this.#states.close();
  }
}
