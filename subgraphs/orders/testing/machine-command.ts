import type { OrderCommand } from '../domain/order-command.ts';
import type { Order } from '../domain/order.ts';
import type { Told } from '../domain/told.ts';
import { editOf, substitutionOf } from './machine-edit.ts';
import { WMS_LOCATIONS, type MachineStep } from './machine-step.ts';

const KEPT = { keepMs: 3_600_000, warnMs: 0 };
const SENT = ['PICK', 'PACK', 'SHIP', 'DELIVER'] as const;
const COLLECTED = ['PICK', 'READY', 'HAND_OVER', 'READY'] as const;

/** Steps that are one command or message to the order, legal or not. */
type Commanded = MachineStep & {
  readonly kind:
    | 'allocate'
    | 'release'
    | 'cancel'
    | 'reject'
    | 'source-again'
    | 'refuse-cancellation'
    | 'deliver'
    | 'fulfil'
    | 'return'
    | 'refund'
    | 'edit'
    | 'substitute';
};

/** Undefined when there is nothing that it could be about. */
export function commandOf(order: Order, next: Commanded, told: Told): OrderCommand | undefined {
  const { kind, location, quantity, isYes } = next;
  const wmsLocations = WMS_LOCATIONS;
  switch (kind) {
    case 'allocate':
      return { type: 'PlanAllocation', choices: choicesAt(order, location), unsourced: [], givenUp: [], told };
    case 'release':
      return { type: 'PlanRelease', location, byHub: !WMS_LOCATIONS.includes(location), told };
    case 'cancel':
      return { type: 'CancelOrder', reason: 'CUSTOMER', wmsLocations, told };
    case 'reject': {
      const reason = isYes ? 'NOT_FOUND' : 'CAPACITY';
      return { type: 'RejectWork', location, reason, cascades: isYes, told };
    }
    case 'source-again':
      return { type: 'SourceAgain', told };
    case 'refuse-cancellation':
      return { type: 'RefuseCancellation', location, reason: 'late', told };
    case 'deliver': {
      const shipment = order.shipments[next.line];
      return shipment && { type: 'RecordDelivery', shipment: shipment.externalId, told };
    }
    case 'fulfil': {
      const step = (isYes ? COLLECTED : SENT)[quantity - 1] ?? 'PICK';
      const byStore = { ...told, source: location };
      return { type: 'FulfilOrder', location, step, ...(step === 'READY' && { terms: KEPT }), told: byStore };
    }
    case 'return': {
      const lines = [{ line: order.lines[next.line]?.id ?? '', quantity }];
      return { type: 'RegisterReturn', return: 'r', lines, told };
    }
    case 'refund': {
      const money = { refund: told.evidence, return: 'r', amountMinor: quantity * 150, currency: 'GBP' } as const;
      return { type: 'RegisterRefund', ...money, told };
    }
    case 'edit':
      return { type: 'EditOrder', edit: editOf(order, next), wmsLocations, told };
    case 'substitute':
      return { type: 'EditOrder', edit: substitutionOf(order, next), wmsLocations, told };
  }
}

/** Every claim, also those that are on their way already. */
const choicesAt = ({ lines }: Order, location: string) =>
  lines.flatMap((line) =>
    line.claims
      .filter((claim) => claim.reservation !== null)
      .map((claim) => ({ line: line.id, reservation: claim.reservation as string, location })),
  );
