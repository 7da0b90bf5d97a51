import type { Client, FormattedExecutionResult } from 'graphql-ws';
import { waitFor } from '../../../kernel/testing/wait-for.ts';

export interface Change {
  readonly key: string;
  readonly version: number;
  readonly deleted: boolean;
  readonly [field: string]: unknown;
}

export interface ReceivedFrame {
  readonly cursor: string;
  readonly reset: boolean;
  readonly changes: readonly Change[];
}

/** What a client makes of a subscription: the frames, and the state that they add up to. */
export class LiveView {
  readonly frames: ReceivedFrame[] = [];
  readonly state = new Map<string, Change>();
  readonly results: FormattedExecutionResult[] = [];
  /** Changes whose version was lower than the one before, which must never be. */
  readonly wentBack: Change[] = [];
  readonly #versions = new Map<string, number>();
  #ended: { readonly error?: unknown } | undefined;
  #stop: () => void = () => undefined;

  /** Subscribes; with `variables.after` kept up to date, as a client does that wants to resume. */
  constructor(client: Client, query: string, variables: Record<string, unknown> = {}) {
    this.#stop = client.subscribe<Record<string, ReceivedFrame>>(
      { query, variables },
      {
        next: (result) => {
          this.results.push(result as FormattedExecutionResult);
          const [frame] = Object.values(result.data ?? {});
          if (!frame) return;
          this.apply(frame);
          variables['after'] = frame.cursor;
        },
        error: (error) => {
          this.#ended = { error };
        },
        complete: () => {
          this.#ended = {};
        },
      },
    );
  }

  get cursor(): string {
    return this.frames.at(-1)?.cursor ?? '';
  }

  apply(frame: ReceivedFrame): void {
    this.frames.push(frame);
    if (frame.reset) {
      this.state.clear();
      this.#versions.clear();
    }
    for (const change of frame.changes) {
      if (change.version < (this.#versions.get(change.key) ?? 0)) this.wentBack.push(change);
      this.#versions.set(change.key, change.version);
      if (change.deleted) this.state.delete(change.key);
      else this.state.set(change.key, change);
    }
  }

  stop(): void {
    this.#stop();
  }

  async frame(count: number): Promise<ReceivedFrame> {
    return waitFor(() => this.frames[count - 1], `frame ${count}`);
  }

  /** The errors, or the close event, that ended it. */
  async end(): Promise<unknown> {
    return (await waitFor(() => this.#ended, 'the end of the subscription')).error;
  }
}
