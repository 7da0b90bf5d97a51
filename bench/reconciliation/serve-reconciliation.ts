import { openEmbeddedPlatform } from '../../kernel/adapters/embedded/open-embedded-platform.ts';
import { isRefusal } from '../../kernel/model/errors.ts';
import { parseAs } from '../../kernel/model/json-schema.ts';
import {
  balanceSources,
  catchUp,
  heldBalances as heldAsked,
  readBalances,
  type HeldBalances,
  type ReadBalances,
  type ToldBalances,
} from '../../schema/commands/balances.ts';
import { rpcSubjectOf } from '../../schema/events/subjects.ts';
import { heldBalances } from '../../subgraphs/inventory/app/held-balances.ts';
import { decide } from '../../subgraphs/inventory/domain/decide.ts';
import { evolve } from '../../subgraphs/inventory/domain/evolve.ts';
import type { LedgerCommand } from '../../subgraphs/inventory/domain/ledger-command.ts';
import { createLedgerState } from '../../subgraphs/inventory/domain/ledger-state.ts';
import { OPERATIONS_LIMITS } from '../../subgraphs/operations/app/operations-limits.ts';
import { openOperationsStore } from '../../subgraphs/operations/app/operations-store.ts';
import { carryOutRun } from '../../subgraphs/operations/app/reconciliation/carry-out-run.ts';
import { newRun } from '../../subgraphs/operations/app/reconciliation/reconciliation-desk.ts';
import { RECONCILIATION_LIMITS } from '../../subgraphs/operations/app/reconciliation/reconciliation-limits.ts';
import { openReconciliationStore } from '../../subgraphs/operations/app/reconciliation/reconciliation-store.ts';
import { NO_TOLERANCE } from '../../subgraphs/operations/domain/compare-balances.ts';
import { LOCATION_COUNT, locationIdOf, masterData, openingReceipts, skuIdOf } from '../ledger/shop-floor.ts';
import { measuredArgument, serveMeasured } from '../measure/measured-process.ts';

export interface ServeReconciliationArgument {
  readonly directory: string;
  readonly skuCount: number;
  /** One position of so many differs. */
  readonly differsEvery: number;
}

export interface MeasuredReconciliation {
  readonly ms: number;
  readonly matched: number;
  readonly raised: number;
  readonly cpuMs: number;
  /** Heap and arrays of this process before, and the most while it compared. */
  readonly beforeBytes: number;
  readonly peakBytes: number;
}

/* A system that holds what the ledger holds but for some positions, and the ledger, in one process, through its requests. */
const { directory, skuCount, differsEvery } = measuredArgument() as ServeReconciliationArgument;
const SYSTEM = 'bench';
const PAGE = 5_000;
const LOOK_MS = 50;
const locations = Array.from({ length: LOCATION_COUNT }, (_, index) => locationIdOf(index));
const platform = await openEmbeddedPlatform({ directory });
const state = createLedgerState();
let ordinal = 0;
const moment = { nowMs: platform.clock.nowMs() - 60_000, nextId: () => `bench-${++ordinal}` };
for (const command of masterData(skuCount)) apply(command);
for (const command of openingReceipts(skuCount, moment.nowMs)) apply(command);

serve(balanceSources, async () => ({ sources: [{ system: SYSTEM, figure: 'SELLABLE', locations }] }));
serve(readBalances, async (asked) => tell(asked as ReadBalances));
serve(heldAsked, async (asked) => heldBalances(state, asked as HeldBalances));
serve(catchUp, async () => ({ feeds: 1 }));

const operations = { platform, store: await openOperationsStore(platform.documents), limits: OPERATIONS_LIMITS };
const limits = { ...RECONCILIATION_LIMITS, settleMs: 0 };
const parts = { platform, store: await openReconciliationStore(platform.documents), limits, operations };

serveMeasured('', { compare });

async function compare({ run }: { readonly run: string }): Promise<MeasuredReconciliation> {
  globalThis.gc?.();
  const beforeBytes = usedBytes();
  let peakBytes = beforeBytes;
  const looking = setInterval(() => (peakBytes = Math.max(peakBytes, usedBytes())), LOOK_MS);
  const asked = { id: run, system: SYSTEM, locations: [], asked: null, requestedAtMs: platform.clock.nowMs() };
  const cpu = process.cpuUsage();
  const startedMs = performance.now();
  const ended = await carryOutRun(parts, newRun({ ...asked, tolerance: NO_TOLERANCE }), new AbortController().signal);
  const ms = performance.now() - startedMs;
  const { user, system } = process.cpuUsage(cpu);
  clearInterval(looking);
  const { raised, counts, failure } = ended;
  if (failure !== null) throw new Error(failure);
  return { ms, matched: counts.matched, raised, cpuMs: (user + system) / 1_000, beforeBytes, peakBytes };
}

function usedBytes(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** What the system says: as much as the ledger, and one less of every so many positions. */
function tell({ location, after, skus }: ReadBalances): ToldBalances {
  const place = locations.indexOf(location);
  const balanceOf = (sku: string, index: number) => {
    const differs = (place * skuCount + index) % differsEvery === 0;
    return { sku, quantity: differs ? '999999' : '1000000' };
  };
  const asOf = new Date(platform.clock.nowMs()).toISOString();
  if (skus) return { asOf, balances: skus.map((sku) => balanceOf(sku, Number(sku.slice(4)))) };
  const from = Number(after ?? '0');
  const count = Math.min(PAGE, skuCount - from);
  const balances = Array.from({ length: count }, (_, index) => balanceOf(skuIdOf(from + index), from + index));
  return { asOf, balances, ...(from + count < skuCount && { next: String(from + count) }) };
}

function serve(
  definition: { readonly context: string; readonly name: string; readonly request: object },
  answer: (asked: unknown) => Promise<object>,
): void {
  platform.rpc.serve(rpcSubjectOf(definition.context, definition.name), ({ payload }) =>
    answer(parseAs(definition.request, payload, definition.name)),
  );
}

/** @throws when the command is refused: there would be nothing to compare */
function apply(command: LedgerCommand): void {
  const decision = decide(state, command, moment);
  if (isRefusal(decision)) throw new Error(`${command.type} was refused: ${decision.message}`);
  for (const event of decision.events) evolve(state, event, ++ordinal);
}
