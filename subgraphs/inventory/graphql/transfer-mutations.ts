import { locationId, skuId } from '../../../kernel/model/codes.ts';
import { Refusal } from '../../../kernel/model/errors.ts';
import { mayActForStore, type Identity } from '../../../kernel/model/identity.ts';
import { NONE } from '../domain/bucket.ts';
import type { TransferRequest } from '../domain/transfer-request.ts';
import type { Transfer } from '../domain/transfer.ts';
import type { GraphqlContext } from './context.ts';
import { commandIdOf } from './access.ts';
import type { MutationResolvers } from './resolvers.generated.ts';

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
      lines: readLines(input.lines),
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

function readLines<Line extends { readonly sku: string; readonly quantity: string }>(lines: readonly Line[]): Line[] {
  if (lines.length >= 1 && lines.length <= LINES_MAX) return lines.map((line) => ({ ...line, sku: skuId(line.sku) }));
  throw new Refusal('BAD_USER_INPUT', `lines must be 1 to ${LINES_MAX}.`, { field: 'lines', max: LINES_MAX });
}
