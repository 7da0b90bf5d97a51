import { isRefusal, Refusal, type RefusalValue } from '../../../kernel/model/errors.ts';
import type { Order } from '../domain/order.ts';
import type { OrderEdit } from '../domain/changes/order-edit.ts';
import type { Cause } from './cause.ts';
import { contentHash } from './content-hash.ts';
import { askOutside } from './place-order.ts';
import { sendCommand } from './send-command.ts';
import { toldByHub } from './told-by.ts';

export type ChangeServices = Parameters<typeof askOutside>[0] & Parameters<typeof sendCommand>[0];

export interface OrderChange {
  readonly order: string;
  /** Of the key of whoever asks, and of what kind of change it is. */
  readonly key: string;
  /** Of what was asked for, in the words of whoever asked. */
  readonly content: unknown;
  /** Absent: whichever it is. */
  readonly expectedRevision?: number;
  /** Who told it, when it was not told to the hub itself just now. */
  readonly source?: string;
  /** The change, read against the order as it is. */
  editOf(order: Order): OrderEdit | RefusalValue;
}

/**
 * Changes what is bought. What it needs more of is claimed before anything else moves, and while whoever asks waits; when the
 * ledger does not answer, the change stays open and is brought to its end later, and the same key tells how it ended.
 * Idempotent by key within the order.
 * @throws {Refusal} STALE_REVISION, ILLEGAL_TRANSITION, INSUFFICIENT_STOCK, TOTALS_MISMATCH, IDEMPOTENCY_KEY_REUSED,
 * LIMIT_EXCEEDED, BAD_USER_INPUT, UNKNOWN_ORDER, UNKNOWN_ORDER_LINE; VERSION_CONFLICT while another change waits
 * @throws {Obstacle} when the ledger does not answer
 */
export async function changeOrder(services: ChangeServices, change: OrderChange, cause: Cause): Promise<Order> {
  const { store, wms, clock } = services;
  const { key, expectedRevision, source } = change;
  const wmsLocations = wms.flatMap((system) => system.locations);
  const redirectable = wms.flatMap((system) => (system.redirect ? system.locations : []));
  const once = { key, contentHash: contentHash(change.content) };
  const order = await store.change(
    change.order,
    (now) => {
      const edit = Object.hasOwn(now.applied, key) ? NOTHING : change.editOf(now);
      if (isRefusal(edit)) return edit;
      const told = { ...toldByHub(clock.nowMs(), key), ...(source !== undefined && { source }) };
      const expected = expectedRevision === undefined ? {} : { expectedRevision };
      return { type: 'EditOrder', edit, ...expected, wmsLocations, redirectable, told, once };
    },
    cause,
  );
  const claimed = await claimForChange(services, { order, key }, cause);
  const refusal = claimed.refusedEdits?.[key];
  if (refusal) throw new Refusal(refusal.code, refusal.message, { ...refusal.details, order: order.id });
  return askOutside(services, claimed, cause);
}

/** A repeat is known by its key alone. */
const NOTHING: OrderEdit = { reason: '', by: '' };

async function claimForChange(
  services: ChangeServices,
  { order, key }: { readonly order: Order; readonly key: string },
  cause: Cause,
): Promise<Order> {
  const { openEdit } = order;
  const command = order.pending.find(({ id }) => id === openEdit?.commandId);
  if (openEdit?.key !== key || !command) return order;
  const outcome = await sendCommand(services, { order, command }, cause);
  if (outcome === 'WAITING') return order;
  const told = toldByHub(services.clock.nowMs(), command.id);
  return services.store.change(order.id, { type: 'SettleCommand', commandId: command.id, outcome, told }, cause);
}
