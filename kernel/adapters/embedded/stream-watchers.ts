import type { Telemetry } from '../../ports/telemetry.ts';
import { errorText } from './error-text.ts';

/** Who wants to hear that a stream has grown. Everything that happens in one turn is told once. */
export class StreamWatchers {
  readonly #telemetry: Telemetry;
  readonly #listeners = new Map<string, Set<() => void>>();
  readonly #grown = new Set<string>();

  constructor(telemetry: Telemetry) {
    this.#telemetry = telemetry;
  }

  add(stream: string, listener: () => void): () => void {
    // The wrapper makes two watches of one function two watches.
    const entry = (): void => listener();
    const listeners = this.#listeners.get(stream) ?? new Set();
    this.#listeners.set(stream, listeners.add(entry));
    return () => {
      listeners.delete(entry);
    };
  }

  tell(stream: string): void {
    if (this.#grown.has(stream)) return;
    this.#grown.add(stream);
    setImmediate(() => {
      this.#grown.delete(stream);
      for (const listener of Array.from(this.#listeners.get(stream) ?? [])) this.#call(stream, listener);
    });
  }

  #call(stream: string, listener: () => void): void {
    try {
      listener();
    } catch (error) {
      this.#telemetry.log('error', 'a stream watcher failed', { stream, error: errorText(error) });
    }
  }
}
