import { Type, type TSchema } from '@sinclair/typebox';
import { ParcelStatus } from '../../schema/events/inbox-parcels.ts';
import { MovementReason, oneOf, ReturnReason, Tender } from '../../schema/events/fields.ts';

const Code = Type.String({ minLength: 1, maxLength: 64 });
const Text = Type.String({ maxLength: 200 });

/** Words of a system, each with what it means. */
export const codes = <Meaning extends TSchema>(meaning: Meaning) => Type.Record(Type.String(), meaning);

const Capabilities = Type.Array(oneOf('SHIP', 'PICKUP', 'RETURN', 'RECEIVE'), { maxItems: 4 });
const LocationType = oneOf('STORE', 'DC', 'MICRO_FC', 'RETURNS_CENTRE');
const Lifecycle = oneOf('ACTIVE', 'PHASING_OUT', 'DISCONTINUED');
const Currency = Type.String({ pattern: '^[A-Z]{3}$' });

const closed = { additionalProperties: false };

export const BusinessCentralMappingSchema = Type.Object(
  {
    units: codes(Code),
    locationTypes: codes(LocationType),
    capabilities: codes(Capabilities),
    lifecycleByBlocked: codes(Lifecycle),
    tracking: codes(oneOf('NONE', 'LOT', 'SERIAL')),
    companyCurrency: Currency,
    priceLists: Type.Array(Text),
    namedPriceLists: Type.Optional(Type.Array(Text)),
    markdownLists: Type.Optional(Type.Array(Text)),
    timeZone: Text,
  },
  closed,
);

export const TrytonErpMappingSchema = Type.Object(
  {
    units: codes(Code),
    warehouses: codes(
      Type.Object({ location: Code, type: LocationType, timeZone: Text, capabilities: Capabilities }, closed),
    ),
    lifecycleByActive: codes(Lifecycle),
    companyCurrency: Currency,
  },
  closed,
);

export const ShipHeroMappingSchema = Type.Object(
  {
    locations: codes(Code),
    statuses: codes(oneOf('SELLABLE', 'NOT_SELLABLE')),
    reasons: codes(MovementReason),
  },
  closed,
);

export const TrytonWmsMappingSchema = Type.Object(
  {
    locations: codes(Code),
    lost: MovementReason,
    found: MovementReason,
    ownChannel: Type.Optional(Code),
    ownReturnReason: Type.Optional(ReturnReason),
  },
  closed,
);

export const PlainCarrierMappingSchema = Type.Object(
  { carriers: codes(Code), parcelStatuses: codes(ParcelStatus) },
  closed,
);

/** The nodes of an OMS, each with the id of the hub's location. */
export const PlainOmsMappingSchema = Type.Object({ locations: codes(Code) }, closed);

export const AmazonMappingSchema = Type.Object(
  { marketplaces: codes(Code), skus: Type.Optional(codes(Code)), carriers: codes(Code) },
  closed,
);

export const PlainPspMappingSchema = Type.Object({ verdicts: codes(oneOf('APPROVED', 'REVIEW', 'REJECTED')) }, closed);

const PosWords = {
  locations: codes(Code),
  tenders: codes(Tender),
  states: codes(oneOf('FINAL', 'PENDING', 'VOID')),
  returnReasons: codes(ReturnReason),
  otherReturnReason: ReturnReason,
};

export const PosMappingSchema = Type.Object(PosWords, closed);

export const SquareMappingSchema = Type.Object({ ...PosWords, reasons: Type.Optional(codes(MovementReason)) }, closed);
