import type { Telemetry } from '../../ports/telemetry.ts';
import { errorText } from '../embedded/error-text.ts';
import { DocumentsOverloaded } from './mongo-errors.ts';
import type { MongoLimits } from './mongo-limits.ts';
import type { OutboxCounter } from './outbox-counter.ts';

interface Queued {
  readonly events: number;
  run(firstSeq: number): Promise<void>;
  reject(error: unknown): void;
}

export interface SaveWavesOptions {
  readonly collection: string;
  readonly counter: OutboxCounter;
  readonly telemetry: Telemetry;
  readonly limits: MongoLimits;
  /** Everything up to here may be published. */
  onSettled(): void;
}

/**
 * Saves with events, numbered in the order of their calls. Those that are called while others are under way share the
 * next question for numbers and then run at the same time; one wave ends before the next begins.
 */
export class SaveWaves {
  readonly #options: SaveWavesOptions;
  #queued: Queued[] = [];
  #running: Promise<void> | undefined;

  constructor(options: SaveWavesOptions) {
    this.#options = options;
  }

  /** Runs `save` with the first of the `events` numbers that it got. */
  run<Result>(events: number, save: (firstSeq: number) => Promise<Result>): Promise<Result> {
    const { collection, limits } = this.#options;
    if (this.#queued.length >= limits.queuedSavesMax) {
      return Promise.reject(new DocumentsOverloaded(`${collection}.save`, 'queuedSavesMax'));
    }
    const result = new Promise<Result>((resolve, reject) => {
      this.#queued.push({ events, run: (firstSeq) => save(firstSeq).then(resolve, reject), reject });
    });
    this.#running ??= this.#runAll();
    return result;
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    await this.#running;
  }

  async #runAll(): Promise<void> {
    // The turn in which it was called may bring more of them.
    await Promise.resolve();
    while (this.#queued.length > 0) await this.#runWave(this.#queued.splice(0, this.#options.limits.waveSavesMax));
    await this.#end();
    this.#running = this.#queued.length > 0 ? this.#runAll() : undefined;
  }

  async #runWave(wave: readonly Queued[]): Promise<void> {
    const events = wave.reduce((sum, save) => sum + save.events, 0);
    try {
      let seq = await this.#options.counter.take(events);
      // The wave before has ended with it.
      this.#options.onSettled();
      const saves: Promise<void>[] = [];
      for (const save of wave) {
        saves.push(save.run(seq));
        seq += save.events;
      }
      await Promise.all(saves);
    } catch (error) {
      for (const save of wave) save.reject(error);
    }
  }

  /** Not told is not lost: the relay stops waiting for a silent writer by itself. */
  async #end(): Promise<void> {
    const { collection, counter, telemetry } = this.#options;
    try {
      await counter.end();
    } catch (error) {
      telemetry.log('warn', 'the end of saves could not be told', { collection, error: errorText(error) });
    }
    this.#options.onSettled();
  }
}
