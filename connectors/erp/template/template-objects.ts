import { Type, type Static } from '@sinclair/typebox';

/* The members that the hub reads; what else an object carries is ignored. Vendors write numbers as text now and then. */

const Text = Type.String({ minLength: 1 });
const Decimal = Type.Union([Type.String(), Type.Number()]);
const Instant = Type.String({ format: 'date-time' });

export const TemplateItem = Type.Object({
  sku: Text,
  name: Text,
  unit: Text,
  /** The smallest quantity that is sold. */
  step: Decimal,
  category: Text,
  state: Text,
  prices: Type.Array(Type.Object({ currency: Text, price: Decimal, valid_from: Instant })),
});

export const TemplateLocation = Type.Object({ code: Text, name: Text, type: Text, time_zone: Text });

/** One change: the item or the location as it is since then. */
export const AnyChange = Type.Object({
  version: Type.Integer({ minimum: 1 }),
  changed_at: Instant,
  item: Type.Optional(Type.Object({ sku: Text })),
  location: Type.Optional(Type.Object({ code: Text })),
});

export const ChangePage = Type.Object({
  changes: Type.Array(AnyChange),
  last: Type.Integer(),
  has_more: Type.Boolean(),
});

export const ItemsAnswer = Type.Object({
  items: Type.Array(TemplateItem),
  /** SKUs that could not be read this time. */
  failed: Type.Optional(Type.Array(Text)),
  next: Type.Optional(Text),
});

export const LocationsAnswer = Type.Object({ locations: Type.Array(TemplateLocation) });

export type TemplateItem = Static<typeof TemplateItem>;
export type TemplateLocation = Static<typeof TemplateLocation>;
/** A change as it came; only what it is of is known to fit. */
export type RawChange = Static<typeof AnyChange>;
