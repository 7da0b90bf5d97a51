import type { Clock } from '../../ports/clock.ts';
import type { Telemetry } from '../../ports/telemetry.ts';
import { DocumentsOverloaded, DocumentsUnavailable, toDocumentsError } from './mongo-errors.ts';
import type { MongoLimits } from './mongo-limits.ts';

export interface MongoCallsOptions {
  readonly clock: Clock;
  readonly telemetry: Telemetry;
  readonly limits: MongoLimits;
}

/** Every question to the server goes through here: counted, bounded in number and time, its errors made ours. */
export class MongoCalls {
  readonly #options: MongoCallsOptions;
  #running = 0;

  constructor(options: MongoCallsOptions) {
    this.#options = options;
  }

  /**
   * `what` names the call for errors, such as `orders.save`.
   * @throws {DocumentsOverloaded} when too many are under way
   * @throws {DocumentsUnavailable} when the server does not answer in time; the call may still be done
   */
  async run<Result>(what: string, call: () => PromiseLike<Result>): Promise<Result> {
    const { callsMax } = this.#options.limits;
    if (this.#running >= callsMax) throw new DocumentsOverloaded(what, 'callsMax');
    this.#running++;
    try {
      return await this.#inTime(what, call);
    } catch (error) {
      const told = toDocumentsError(error, what);
      if (told instanceof DocumentsUnavailable) this.#options.telemetry.count('documents_unavailable_total');
      throw told;
    } finally {
      this.#running--;
    }
  }

  #inTime<Result>(what: string, call: () => PromiseLike<Result>): Promise<Result> {
    const { clock, limits } = this.#options;
    return new Promise((resolve, reject) => {
      const cancel = clock.after(limits.callMs, () => reject(new DocumentsUnavailable(what)));
      // A model may throw at once; inside of a promise that is a rejection like any other.
      void Promise.resolve().then(call).then(resolve, reject).finally(cancel);
    });
  }
}
