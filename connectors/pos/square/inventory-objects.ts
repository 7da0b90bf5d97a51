import { Type, type Static } from '@sinclair/typebox';

/* The members that the hub reads; what else an object carries is ignored. */

const Instant = Type.String({ format: 'date-time' });
const Cursor = Type.Optional(Type.String());
const Errors = Type.Optional(Type.Array(Type.Unknown()));
const Quantity = Type.Union([Type.String(), Type.Number()]);

const Change = {
  id: Type.String({ minLength: 1 }),
  reference_id: Type.Optional(Type.String()),
  catalog_object_id: Type.String(),
  quantity: Quantity,
  occurred_at: Instant,
  created_at: Instant,
};

const PhysicalCount = Type.Object({
  type: Type.Literal('PHYSICAL_COUNT'),
  physical_count: Type.Object({ ...Change, location_id: Type.String(), state: Type.String() }),
});

const Adjustment = Type.Object({
  type: Type.Literal('ADJUSTMENT'),
  adjustment: Type.Object({
    ...Change,
    location_id: Type.String(),
    from_state: Type.String(),
    to_state: Type.String(),
    transaction_id: Type.Optional(Type.String()),
    refund_id: Type.Optional(Type.String()),
  }),
});

const Transfer = Type.Object({
  type: Type.Literal('TRANSFER'),
  transfer: Type.Object({ ...Change, from_location_id: Type.String(), to_location_id: Type.String() }),
});

/** By their types, so that a fault is told of the member that has it. */
export const INVENTORY_CHANGES: Readonly<Record<string, object & { readonly static?: InventoryChange }>> = {
  PHYSICAL_COUNT: PhysicalCount,
  ADJUSTMENT: Adjustment,
  TRANSFER: Transfer,
};

/** Enough of any change to know which it is, even when the rest does not fit. */
const AnyFacts = Type.Object({ id: Type.String({ minLength: 1 }), created_at: Instant });
export const AnyChange = Type.Object({
  type: Type.String(),
  physical_count: Type.Optional(AnyFacts),
  adjustment: Type.Optional(AnyFacts),
  transfer: Type.Optional(AnyFacts),
});

export const ChangePage = Type.Object({
  changes: Type.Optional(Type.Array(AnyChange)),
  errors: Errors,
  cursor: Cursor,
});

const Count = Type.Object({
  catalog_object_id: Type.String(),
  location_id: Type.String(),
  calculated_at: Instant,
});

export const VariationPage = Type.Object({
  objects: Type.Optional(
    Type.Array(
      Type.Object({
        id: Type.String(),
        item_variation_data: Type.Optional(Type.Object({ sku: Type.Optional(Type.String()) })),
      }),
    ),
  ),
  cursor: Cursor,
});

export const CountNotification = Type.Object({
  data: Type.Object({ object: Type.Object({ inventory_counts: Type.Array(Count, { minItems: 1 }) }) }),
});

export type InventoryChange = Static<typeof PhysicalCount> | Static<typeof Adjustment> | Static<typeof Transfer>;
/** A change as it came; only its id and time are known to fit. */
export type RawChange = Static<typeof AnyChange>;
