import type { Platform } from '../../kernel/ports/platform.ts';
import { systemRecovered, systemStalled } from '../../schema/events/outbound.ts';
import { publicationOf } from '../../schema/events/publication.ts';
import type { Attempt } from './perform-command.ts';

interface StallWatchOptions {
  readonly system: string;
  readonly stalledAfterMs: number;
  readonly platform: Pick<Platform, 'clock' | 'ids' | 'streams' | 'telemetry'>;
  readonly waiting: () => number;
}

/** Tells people that a system does nothing although commands wait for it, once, and that it does again. */
export class StallWatch {
  readonly #options: StallWatchOptions;
  #failingSinceMs: number | undefined;
  #because = '';
  #isTold = false;

  constructor(options: StallWatchOptions) {
    this.#options = options;
  }

  attempted(attempt: Attempt): void {
    if (attempt.outcome === 'DONE' || attempt.outcome === 'REFUSED') {
      this.#failingSinceMs = undefined;
      if (this.#isTold) void this.#tell('RECOVERED');
      return;
    }
    this.#failingSinceMs ??= this.#options.platform.clock.nowMs();
    this.#because = attempt.failure.message;
    const forMs = this.#options.platform.clock.nowMs() - this.#failingSinceMs;
    if (!this.#isTold && forMs >= this.#options.stalledAfterMs) void this.#tell('STALLED');
  }

  async #tell(what: 'STALLED' | 'RECOVERED'): Promise<void> {
    const { system, platform, waiting } = this.#options;
    this.#isTold = what === 'STALLED';
    const nowMs = platform.clock.nowMs();
    const id = platform.ids.next();
    const told = {
      id,
      key: system,
      source: { system: 'outbound', eventId: id },
      occurredAtMs: nowMs,
      recordedAtMs: nowMs,
      correlationId: id,
    };
    const since = new Date(this.#failingSinceMs ?? nowMs).toISOString();
    const { stream, subject, envelope } =
      what === 'STALLED'
        ? publicationOf(systemStalled, {
            ...told,
            data: {
              system,
              since,
              waiting: Math.max(1, waiting()),
              because: this.#because.slice(0, BECAUSE_LENGTH_MAX),
            },
          })
        : publicationOf(systemRecovered, { ...told, data: { system } });
    try {
      await platform.streams.publish(stream, subject, envelope);
    } catch (error) {
      // It is told with the next attempt.
      this.#isTold = what !== 'STALLED';
      platform.telemetry.log('warn', 'the state of a system could not be told', { system, error: String(error) });
    }
  }
}

const BECAUSE_LENGTH_MAX = 500;
