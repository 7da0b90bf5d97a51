import { awaitProgress } from '../../scripts/replay/await-hub.ts';

/** A queue that found its system out may wait for a minute before it tries again; a busy machine takes many times as long. */
const IDLE_MS_MAX = 300_000;

/** Waits for as long as there is progress. */
export const until = (what: string, ask: Parameters<typeof awaitProgress>[1]): Promise<void> =>
  awaitProgress(what, ask, IDLE_MS_MAX);
