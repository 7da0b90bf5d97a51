import type { Ledger } from '../app/ledger.ts';
import type { LedgerState } from '../domain/ledger-state.ts';

/** Reads what is durable, and waits before for the change that `atLeast` names. */
export function readAtLeast<Result>(
  ledger: Ledger,
  atLeast: string | null | undefined,
  read: (state: LedgerState, seq: number) => Result,
): Result | Promise<Result> {
  const waiting = atLeast === null || atLeast === undefined ? undefined : ledger.waitFor(atLeast);
  return waiting ? waiting.then(() => ledger.read(read)) : ledger.read(read);
}
