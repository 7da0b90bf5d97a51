import { waitFor } from '../../kernel/testing/wait-for.ts';
import type { HubClient } from '../../scripts/client/hub-client.ts';

export interface DifferenceSeen {
  readonly sku: { readonly id: string };
  readonly told: string;
  readonly recorded: string;
  readonly difference: string;
  readonly valueBasis: string | null;
  readonly exception: { readonly id: string; readonly status: string } | null;
}

/** A comparison of a system with the ledger, as the public graph tells it. */
export interface RunSeen {
  readonly id: string;
  readonly status: 'DONE' | 'FAILED';
  readonly raised: number;
  readonly cleared: number;
  readonly failure: string | null;
  readonly counts: Readonly<
    Record<'matched' | 'tolerated' | 'mismatched' | 'missingInLedger' | 'missingInSystem' | 'notComparable', number>
  >;
  readonly locations: readonly {
    readonly location: { readonly id: string };
    readonly differences: readonly DifferenceSeen[];
  }[];
}

/** Soon enough for a test: what is under way has this long to arrive. */
export const RECONCILE_SOON = { pollMs: 20, settleMs: 500, retryMs: 50 };

const START = `mutation ($input: StartReconciliationInput!) {
  startReconciliation(input: $input) { reconciliationRun { id } } }`;
const RUN = `query ($id: ID!) { reconciliationRun(id: $id) { id status raised cleared failure
  counts { matched tolerated mismatched missingInLedger missingInSystem notComparable }
  locations { location { id } differences {
    sku { id } told recorded difference valueBasis exception { id status } } } } }`;

let runsSoFar = 0;

/** Has a system compared with the ledger and waits for what was found. */
export async function reconcile(
  operator: HubClient,
  system: string,
  locations: readonly string[] = [],
): Promise<RunSeen> {
  const idempotencyKey = `test-${Date.now()}-${++runsSoFar}`;
  const input = { system, locations, reason: 'Compared by a test.', idempotencyKey };
  const started = await operator.graphql<{ startReconciliation: { reconciliationRun: { id: string } } }>(START, {
    input,
  });
  const { id } = started.startReconciliation.reconciliationRun;
  return waitFor(async () => {
    const { reconciliationRun: run } = await operator.graphql<{ reconciliationRun: RunSeen | { status: string } }>(
      RUN,
      { id },
    );
    return run.status === 'DONE' || run.status === 'FAILED' ? (run as RunSeen) : undefined;
  }, `the comparison of ${system}`);
}
