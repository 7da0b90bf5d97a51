import { locationId } from '../../../kernel/model/codes.ts';
import { Refusal } from '../../../kernel/model/errors.ts';
import { mayActForStore, type Identity } from '../../../kernel/model/identity.ts';
import { acceptWork } from '../app/accept-work.ts';
import { fulfilOrder, type FulfilOrder } from '../app/fulfil-order.ts';
import { maySee } from '../app/order-access.ts';
import { rejectWork } from '../app/sourcing/reject-work.ts';
import type { StoreStep } from '../domain/work/store-step.ts';
import { findActable, payloadOf } from './mutations.ts';
import type { FulfilOrderInput, HandOverInput, MutationResolvers, ParcelInput } from './resolvers.generated.ts';

/** What the staff of a store does: for its own stores alone. */
export const workMutations: Pick<MutationResolvers, 'acceptWork' | 'rejectWork' | 'fulfilOrder'> = {
  acceptWork: async (_, { input: { order, idempotencyKey, ...input } }, context) => {
    const { orders, identity, correlationId } = context;
    const location = ownStore(identity, input.location);
    await findActable(context, order, (found) => maySee(identity, found));
    return payloadOf(await acceptWork(orders, { order, location, idempotencyKey }, { correlationId }), context);
  },

  rejectWork: async (_, { input }, context) => {
    const { orders, identity, correlationId } = context;
    const location = ownStore(identity, input.location);
    await findActable(context, input.order, (order) => maySee(identity, order));
    const { order, idempotencyKey, reason, lines } = input;
    const command = { order, location, idempotencyKey, reason, ...(lines && { lines }) };
    return payloadOf(await rejectWork(orders, command, { correlationId }), context);
  },

  fulfilOrder: async (_, { input }, context) => {
    const { orders, identity, correlationId } = context;
    const location = ownStore(identity, input.location);
    await findActable(context, input.order, (order) => maySee(identity, order));
    const { order, idempotencyKey, step, lines } = input;
    const common = { order, location, idempotencyKey, ...(lines && { lines }) };
    if (step !== 'SHORT_PICK') {
      return payloadOf(await fulfilOrder(orders, { ...common, ...stepOf(step, input) }, { correlationId }), context);
    }
    if (!lines) throw new Refusal('BAD_USER_INPUT', 'A short pick names its lines.', { field: 'lines' });
    return payloadOf(await rejectWork(orders, { ...common, reason: 'NOT_FOUND' }, { correlationId }), context);
  },
};

/** @throws {Refusal} FORBIDDEN */
function ownStore(identity: Identity, code: string) {
  const location = locationId(code);
  if (mayActForStore(identity, location)) return location;
  throw new Refusal('FORBIDDEN', 'The token is for other stores.', { claim: 'stores', location });
}

type StepInput = Pick<FulfilOrder, 'step' | 'handOver' | 'parcel' | 'shipment'>;

/**
 * What belongs to the step, and nothing else.
 * @throws {Refusal} BAD_USER_INPUT
 */
function stepOf(step: StoreStep, { handOver, parcel, shipment }: FulfilOrderInput): StepInput {
  const given = { HAND_OVER: handOver, SHIP: parcel, DELIVER: shipment };
  const stray = (Object.keys(given) as (keyof typeof given)[]).find((of) => of !== step && isGiven(given[of]));
  if (stray !== undefined) {
    throw new Refusal('BAD_USER_INPUT', `That is told of ${stray} alone.`, { field: FIELDS[stray], step });
  }
  return {
    step,
    ...(isGiven(handOver) && { handOver: handOverOf(handOver) }),
    ...(isGiven(parcel) && { parcel: parcelOf(parcel) }),
    ...(isGiven(shipment) && { shipment }),
  };
}

const FIELDS = { HAND_OVER: 'handOver', SHIP: 'parcel', DELIVER: 'shipment' } as const;

const REFERENCE_LENGTH_MAX = 100;

function handOverOf({ proof, reference }: HandOverInput) {
  return { proof, reference: textOf(reference, 'handOver.reference') };
}

function parcelOf({ carrier, trackingNumber }: ParcelInput) {
  return {
    carrier: textOf(carrier, 'parcel.carrier'),
    trackingNumber: textOf(trackingNumber, 'parcel.trackingNumber'),
  };
}

function textOf(text: string | null | undefined, field: string): string | null {
  if (!isGiven(text)) return null;
  if (text.trim() !== '' && text.length <= REFERENCE_LENGTH_MAX) return text;
  const message = `${field} must have 1 to ${REFERENCE_LENGTH_MAX} characters.`;
  throw new Refusal('BAD_USER_INPUT', message, { field, max: REFERENCE_LENGTH_MAX });
}

function isGiven<Value>(value: Value | null | undefined): value is Value {
  return value !== undefined && value !== null;
}
