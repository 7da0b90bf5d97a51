import { locationId, skuId } from '../../../kernel/model/codes.ts';
import { Refusal } from '../../../kernel/model/errors.ts';
import { mayActForStore, type Identity } from '../../../kernel/model/identity.ts';
import { NONE } from '../domain/bucket.ts';
import type { TransferRequest } from '../domain/transfer-request.ts';
import type { Transfer } from '../domain/transfer.ts';
import type { GraphqlContext } from './context.ts';
import { commandIdOf } from './access.ts';
import { readUnits } from './read-units.ts';
import type { MutationResolvers, ReceiveTransferLineInput, TransferLineInput } from './resolvers.generated.ts';

const LINES_MAX = 500;

type TransferMutation = `${'request' | 'approve' | 'stage' | 'ship' | 'receive' | 'lose' | 'cancel'}Transfer`;

export const transferMutationResolvers: Pick<MutationResolvers, TransferMutation> = {
  requestTransfer(_parent, { input }, context) {
    const [from, to] = [locationId(input.from), locationId(input.to)];
    assertEitherStore(context.identity, [from, to]);
    const { expectedAt } = input;
    return change(context, {
      action: 'REQUEST',
      commandId: commandIdOf(context.identity, input.idempotencyKey),
      from,
      to,
      ...(expectedAt && { expectedAt }),
      lines: readLines(input.lines).map(withoutUnits),
    });
  },
  approveTransfer: (_parent, { input }, context) => advance(context, input, { action: 'APPROVE', for: ['from'] }),
  stageTransfer: (_parent, { input }, context) => advance(context, input, { action: 'STAGE', for: ['from'] }),
  cancelTransfer: (_parent, { input }, context) => advance(context, input, { action: 'CANCEL', for: ['from', 'to'] }),

  shipTransfer(_parent, { input }, context) {
    const { occurredAt, expectedAt, isFinal = false } = input;
    const more = { occurredAt, isFinal, ...(expectedAt && { expectedAt }), lines: readLines(input.lines) };
    return change(context, { action: 'SHIP', ...readTransfer(context, input, ['from']), ...more });
  },
  receiveTransfer(_parent, { input }, context) {
    const lines = readLines(input.lines);
    const { occurredAt } = input;
    return change(context, { action: 'RECEIVE', ...readTransfer(context, input, ['to']), occurredAt, lines });
  },
  loseTransfer(_parent, { input }, context) {
    const lines = readLines(input.lines);
    const { occurredAt } = input;
    return change(context, { action: 'LOSE', ...readTransfer(context, input, ['from', 'to']), occurredAt, lines });
  },
};

type End = 'from' | 'to';

interface Addressed {
  readonly idempotencyKey: string;
  readonly transfer: string;
}

function advance(
  context: GraphqlContext,
  input: Addressed,
  how: { readonly action: 'APPROVE' | 'STAGE' | 'CANCEL'; readonly for: readonly End[] },
) {
  return change(context, { action: how.action, ...readTransfer(context, input, how.for) });
}

async function change({ ledger }: GraphqlContext, request: TransferRequest) {
  const { commandId } = request;
  const { transfer } = await ledger.execute({ type: 'change-transfer', request }, { commandId });
  return { transfer: ledger.state.transfers.get(transfer) as Transfer, changeCursor: ledger.cursor };
}

/**
 * The command id and the transfer, when the caller acts for one of these ends of it.
 * @throws {Refusal} UNKNOWN_TRANSFER or FORBIDDEN
 */
function readTransfer({ ledger, identity }: GraphqlContext, input: Addressed, ends: readonly End[]) {
  const transfer = ledger.state.transfers.get(input.transfer);
  if (!transfer) {
    throw new Refusal('UNKNOWN_TRANSFER', `No transfer ${input.transfer} is known.`, { transfer: input.transfer });
  }
  const stores = ends.map((end) => transfer[end]).filter((end) => end !== NONE);
  assertEitherStore(
    identity,
    stores.map((end) => ledger.state.locationIds.textOf(end)),
  );
  return { commandId: commandIdOf(identity, input.idempotencyKey), transfer: transfer.id };
}

function assertEitherStore(identity: Identity, stores: readonly string[]): void {
  if (stores.some((store) => mayActForStore(identity, store))) return;
  throw new Refusal('FORBIDDEN', `The token is not for ${stores.join(' or ')}.`, { locations: stores });
}

function readLines(lines: readonly (TransferLineInput | ReceiveTransferLineInput)[]) {
  if (lines.length === 0 || lines.length > LINES_MAX) {
    throw new Refusal('BAD_USER_INPUT', `lines must be 1 to ${LINES_MAX}.`, { field: 'lines', max: LINES_MAX });
  }
  return lines.map(({ sku, quantity, ...line }) => {
    const bucket = 'bucket' in line && line.bucket !== undefined ? { bucket: line.bucket } : {};
    return { sku: skuId(sku), quantity, ...bucket, ...readUnits(line) };
  });
}

/** Which units go is settled when they go. */
function withoutUnits({ lot, serials, ...line }: ReturnType<typeof readLines>[number]) {
  if (lot === undefined && serials === undefined) return line;
  const field = lot === undefined ? 'serials' : 'lot';
  throw new Refusal('BAD_USER_INPUT', 'A request names no lots and no serial numbers.', { field });
}
