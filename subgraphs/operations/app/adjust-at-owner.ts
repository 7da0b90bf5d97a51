import { setTimeout as sleep } from 'node:timers/promises';
import { Obstacle, Refusal } from '../../../kernel/model/errors.ts';
import type { OutboundCommand, OutboundCommands } from '../../../connectors/outbound/port.ts';
import { recordStock, type RecordStock } from '../../../schema/commands/outbound-stock.ts';
import type { OperationsParts } from './operations-parts.ts';

/** The systems that take stock from the hub, and the way there. */
export interface StockKeepers {
  readonly outbound: OutboundCommands;
  /** Their names as sources. */
  readonly systems: readonly string[];
}

export const NO_STOCK_KEEPERS: StockKeepers = {
  systems: [],
  outbound: {
    submit: async ({ system, name }) => {
      throw new Refusal('UPSTREAM_REJECTED', `No ${system} is connected that does ${name}.`, { system, name });
    },
  },
};

interface OwnersAdjustment {
  /** Who owns adjustments at the location. */
  readonly owner: string;
  /** The same key is the same adjustment. */
  readonly key: string;
  readonly sku: string;
  readonly location: string;
  readonly quantity: string;
  readonly decidedAtMs: number;
  readonly correlationId: string;
}

const POLL_MS = 50;

/**
 * Has the system that owns adjustments at a location make one, by way of its queue. What it makes of the hub's word it does
 * not tell again, so that whoever asked for it tells the ledger.
 * @throws {Refusal} what the system says
 * @throws {Obstacle} UPSTREAM_UNAVAILABLE while it has not answered; it is in its queue by then, and the same key goes on
 */
export async function adjustAtOwner(
  { stockKeepers, limits }: Pick<OperationsParts, 'stockKeepers' | 'limits'>,
  adjustment: OwnersAdjustment,
): Promise<void> {
  const { owner } = adjustment;
  const command = commandOf(adjustment);
  for (let waitedMs = 0; waitedMs < limits.adjustWaitMsMax; waitedMs += POLL_MS) {
    const submission = await stockKeepers.outbound.submit(command);
    if (submission.status === 'DONE') return;
    if (submission.status === 'REFUSED') throw new Refusal(submission.code, submission.message, submission.details);
    await sleep(POLL_MS);
  }
  throw new Obstacle('UPSTREAM_UNAVAILABLE', `${owner} has been told and has not answered yet.`, { system: owner });
}

function commandOf({ owner: system, key, decidedAtMs, correlationId, ...change }: OwnersAdjustment): OutboundCommand {
  const { sku, location, quantity } = change;
  const occurredAt = new Date(decidedAtMs).toISOString();
  const payload: RecordStock = { changes: [{ kind: 'ADJUSTMENT', sku, location, quantity, occurredAt }] };
  const name = recordStock.name;
  return {
    system,
    key,
    name,
    lane: 'STOCK',
    group: `${sku}@${location}`,
    ref: `operations:${key}`,
    payload,
    correlationId,
  };
}
