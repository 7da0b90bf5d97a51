import type { ReadReply } from '../subgraph-client.ts';

/** An operation that is asked less often is not worth a reader: making one takes as long as reading some replies. */
const RUNS_BEFORE = 8;
/** Replies of another form in a row, each read twice, before they are left to `JSON.parse` for a while. */
const MISSES_MAX = 16;
const RUNS_LEFT_ALONE = 1_000;

/**
 * Makes a reader when an operation has been asked some times, and uses it as long as it can read what it is given: some
 * subgraphs write white space, or members in an order of their own.
 * @param make undefined: there is nothing that a reader could save
 */
export function whenItPays(make: () => ReadReply | undefined): ReadReply {
  let read: ReadReply | undefined;
  let runs = 0;
  let misses = 0;
  let leftAlone = 0;
  return (text) => {
    if (runs < RUNS_BEFORE) {
      runs++;
      if (runs === RUNS_BEFORE) read = make();
      return undefined;
    }
    if (!read || --leftAlone > 0) return undefined;
    const data = read(text);
    misses = data ? 0 : misses + 1;
    if (misses >= MISSES_MAX) {
      misses--;
      leftAlone = RUNS_LEFT_ALONE;
    }
    return data;
  };
}
