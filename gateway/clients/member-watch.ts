import { request } from 'undici';
import type { CancelTimer, Clock } from '../../kernel/ports/clock.ts';
import type { Telemetry } from '../../kernel/ports/telemetry.ts';

export interface MemberWatchOptions {
  /** For people, such as the name of the subgraph. */
  readonly name: string;
  /** Where the member says whether it is ready. */
  readonly readinessUrl: string;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
  readonly limits: MemberLimits;
}

export interface MemberLimits {
  /** Between two questions to a member whether it is ready. */
  readonly probeMs: number;
  /** How long a member may take to say so; a process that hangs says nothing. */
  readonly probeTimeoutMs: number;
  /** How long a member that failed to answer a fetch is left alone, unless it says before that it is ready. */
  readonly restMs: number;
}

export const MEMBER_LIMITS: MemberLimits = { probeMs: 500, probeTimeoutMs: 1_000, restMs: 1_000 };

/** Whether one of several processes that answer the same should be asked. */
export class MemberWatch {
  readonly #options: MemberWatchOptions;
  #isReady = true;
  #notBeforeMs = 0;
  #cancel: CancelTimer = () => undefined;
  #isClosed = false;

  constructor(options: MemberWatchOptions) {
    this.#options = options;
    void this.#probe();
  }

  /** What it said last, or could not say. */
  get isReady(): boolean {
    return this.#isReady;
  }

  get isUsable(): boolean {
    return this.#isReady && this.#options.clock.nowMs() >= this.#notBeforeMs;
  }

  /** It gave no answer, or said that it cannot at the moment. */
  rest(): void {
    const { clock, limits } = this.#options;
    this.#notBeforeMs = clock.nowMs() + limits.restMs;
  }

  close(): void {
    this.#isClosed = true;
    this.#cancel();
  }

  async #probe(): Promise<void> {
    const { clock, limits } = this.#options;
    this.#note(await this.#ask());
    if (!this.#isClosed) this.#cancel = clock.after(limits.probeMs, () => void this.#probe());
  }

  async #ask(): Promise<boolean> {
    const { readinessUrl, limits } = this.#options;
    try {
      const { statusCode, body } = await request(readinessUrl, { signal: AbortSignal.timeout(limits.probeTimeoutMs) });
      await body.dump();
      return statusCode === 200;
    } catch {
      return false;
    }
  }

  #note(isReady: boolean): void {
    if (isReady === this.#isReady) return;
    this.#isReady = isReady;
    const { name, readinessUrl, telemetry } = this.#options;
    telemetry.gauge('subgraph_member_ready', isReady ? 1 : 0, { service: name, member: readinessUrl });
    telemetry.log(isReady ? 'info' : 'warn', 'a process of a subgraph is ready or not', {
      name,
      readinessUrl,
      isReady,
    });
  }
}
