import { subscribe, type LiveFrames } from './live-frames.ts';
import { waitFor } from '../../kernel/testing/wait-for.ts';

interface KeyedChange {
  readonly key: string;
  readonly version: number;
  readonly deleted: boolean;
}

/** What a client knows that applies every frame, and goes on from its last cursor whenever it comes back. */
export interface ResumingView<Change extends KeyedChange> {
  /** By key, without what has been deleted. */
  readonly values: ReadonlyMap<string, Change>;
  /** Every frame of every connection, in order of arrival. */
  readonly frames: LiveFrames<Change>['frames'];
  /** Keys whose version went back. */
  readonly backwards: readonly string[];
  cursor(): string | undefined;
  close(): Promise<void>;
  /** Resolves when the first frame of the new connection is here. `url`: the hub has moved. */
  reopen(url?: string): Promise<void>;
}

export async function openResumingView<Change extends KeyedChange>(
  hubUrl: string,
  request: { readonly token: string; readonly query: string; readonly variables: Readonly<Record<string, unknown>> },
): Promise<ResumingView<Change>> {
  const frames: LiveFrames<Change>['frames'][number][] = [];
  const values = new Map<string, Change>();
  const versions = new Map<string, number>();
  const backwards: string[] = [];
  let live: LiveFrames<Change> | undefined;
  let url = hubUrl;

  const apply = (frame: (typeof frames)[number]): void => {
    frames.push(frame);
    if (frame.reset) values.clear();
    for (const change of frame.changes) {
      if (change.version < (versions.get(change.key) ?? 0)) backwards.push(change.key);
      versions.set(change.key, change.version);
      if (change.deleted) values.delete(change.key);
      else values.set(change.key, change);
    }
  };
  const open = async (): Promise<void> => {
    const after = frames.at(-1)?.cursor;
    const before = frames.length;
    const variables = { ...request.variables, ...(after !== undefined && { after }) };
    const opened = subscribe<Change>(url, { ...request, variables, onFrame: apply });
    live = opened;
    await waitFor(() => {
      if (opened.errors.length > 0) throw new Error(JSON.stringify(opened.errors));
      return frames.length > before;
    }, 'the first frame');
  };
  await open();
  return {
    frames,
    values,
    backwards,
    cursor: () => frames.at(-1)?.cursor,
    close: async () => live?.close(),
    reopen: (elsewhere = url) => {
      url = elsewhere;
      return open();
    },
  };
}
