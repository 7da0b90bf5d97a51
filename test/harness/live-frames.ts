import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { waitFor } from '../../kernel/testing/wait-for.ts';

export interface Frame<Change> {
  readonly cursor: string;
  readonly reset: boolean;
  readonly changes: readonly Change[];
}

/** A subscription as a client sees it, with probes to wait on. */
export interface LiveFrames<Change> {
  readonly frames: readonly Frame<Change>[];
  /** Every change so far, in order of arrival. */
  changes(): readonly Change[];
  /** Resolves with the first change, from `from` on, that fits. */
  awaitChange(fits: (change: Change) => boolean, what: string): Promise<Change>;
  /** The errors with which the subscription ended. */
  readonly errors: readonly unknown[];
  close(): Promise<void>;
}

/** Subscribes over graphql-transport-ws; the operation has one root field. */
export function subscribe<Change>(
  hubUrl: string,
  options: {
    readonly token?: string;
    readonly query: string;
    readonly variables?: Readonly<Record<string, unknown>>;
    /** Hears every frame in the turn in which it arrives. */
    readonly onFrame?: (frame: Frame<Change>) => void;
  },
): LiveFrames<Change> {
  const { token, query, variables, onFrame = () => undefined } = options;
  const client = createClient({
    url: new URL('/graphql', hubUrl.replace(/^http/, 'ws')).href,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    ...(token !== undefined && { connectionParams: { authorization: `Bearer ${token}` } }),
  });
  const frames: Frame<Change>[] = [];
  const errors: unknown[] = [];
  const stop = client.subscribe<Record<string, Frame<Change>>>(
    { query, ...(variables && { variables }) },
    {
      next: ({ data, errors: failed }) => {
        if (failed) errors.push(...failed);
        for (const frame of Object.values(data ?? {})) {
          frames.push(frame);
          onFrame(frame);
        }
      },
      error: (error) => errors.push(...(Array.isArray(error) ? (error as unknown[]) : [error])),
      complete: () => undefined,
    },
  );
  const changes = () => frames.flatMap((frame) => frame.changes);
  return {
    frames,
    errors,
    changes,
    awaitChange: (fits, what) => waitFor(() => changes().find(fits), what),
    close: async () => {
      stop();
      await client.dispose();
    },
  };
}
