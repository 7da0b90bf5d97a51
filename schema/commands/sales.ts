import { Type, type Static } from '@sinclair/typebox';
import { closed, Code, CurrencyCode, Id, Instant, oneOf, QuantityText, SafeInteger, Text } from '../events/fields.ts';
import { defineCommand, type ReplyOf, type RequestOf } from './command-definition.ts';

/* What stores sold, as the ERP gets it, and the proof that it has all of it. */

/** A calendar day of the store, `YYYY-MM-DD`. */
export const BusinessDay = Type.String({ format: 'date' });
const Count = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });

/** The register of receipts that name none. */
export const NO_REGISTER = '-';

/** What one register sold and took back. */
const RegisterSales = closed({
  /** The register by the POS's own id, or NO_REGISTER. */
  register: Id,
  sales: Count,
  returns: Count,
  /** Base units that were sold less those that came back. */
  units: QuantityText,
  /** Lines and charges of the sales less those of the returns. */
  totalMinor: SafeInteger,
});

const PostedLine = closed({
  register: Id,
  sku: Code,
  /** In base units; less than nothing came back. */
  quantity: QuantityText,
  /** For one base unit. */
  unitPriceMinor: SafeInteger,
});

export const postSales = defineCommand({
  context: 'outbound',
  name: 'post-sales',
  version: 1,
  meaning: 'Posts a micro-batch of what a store sold on a business day to the ERP, with the goods that left the store.',
  request: closed({
    location: Code,
    businessDay: BusinessDay,
    currency: CurrencyCode,
    /** From 1 for each store, business day and currency; with them it names the batch for ever. */
    sequence: Type.Integer({ minimum: 1 }),
    registers: Type.Array(RegisterSales, { minItems: 1, maxItems: 1_000 }),
    lines: Type.Array(PostedLine, { maxItems: 5_000 }),
    charges: Type.Array(
      closed({ register: Id, kind: oneOf('SHIPPING', 'DISCOUNT', 'FEE', 'OTHER'), amountMinor: SafeInteger }),
      { maxItems: 5_000 },
    ),
  }),
  reply: closed({
    /** What the ERP calls it. */
    document: Text,
  }),
});

/** What one side says of a register's day. */
const Side = closed({ sales: Count, returns: Count, totalMinor: SafeInteger });
const SideWithUnits = closed({ ...Side.properties, units: QuantityText });

const RegisterPosting = closed({
  register: Id,
  state: oneOf('OPEN', 'QUEUED', 'POSTED', 'PROVEN', 'DIFFERS', 'FAILED'),
  /** As the POS itself counts; null where it does not say, or has not been asked. */
  told: Type.Union([Side, Type.Null()]),
  /** As the hub took them in. */
  taken: SideWithUnits,
  /** As the ERP held them when they were compared; null before. */
  posted: Type.Union([SideWithUnits, Type.Null()]),
});

const SalesDay = closed({
  system: Text,
  location: Code,
  businessDay: BusinessDay,
  currency: CurrencyCode,
  /** Receipts that cannot be posted yet, because something about them is not known. */
  waiting: Count,
  comparedAt: Type.Union([Instant, Type.Null()]),
  registers: Type.Array(RegisterPosting),
  batches: Type.Array(
    closed({
      sequence: Count,
      status: oneOf('QUEUED', 'DONE', 'REFUSED', 'DEAD'),
      receipts: Count,
      totalMinor: SafeInteger,
      closedAt: Instant,
      document: Type.Union([Text, Type.Null()]),
      reason: Type.Union([Text, Type.Null()]),
    }),
  ),
});

export const salesDays = defineCommand({
  context: 'outbound',
  name: 'sales-days',
  version: 1,
  meaning: 'Where the sales of a store and business day stand on their way to the ERP, by currency and register.',
  request: closed({ location: Code, businessDay: BusinessDay }),
  reply: closed({ days: Type.Array(SalesDay) }),
});

export const repostSales = defineCommand({
  context: 'outbound',
  name: 'repost-sales',
  version: 1,
  meaning:
    'Hands what the ERP refused of a store and business day to it once more, and compares the day again. What it holds already is not posted again.',
  request: closed({ location: Code, businessDay: BusinessDay }),
  reply: closed({ batches: Count }),
});

export type PostSales = RequestOf<typeof postSales>;
export type PostSalesReply = ReplyOf<typeof postSales>;
export type RegisterSales = Static<typeof RegisterSales>;
export type PostedLine = Static<typeof PostedLine>;
export type RegisterPosting = Static<typeof RegisterPosting>;
export type SalesDay = Static<typeof SalesDay>;
export type SalesDaysReply = ReplyOf<typeof salesDays>;
