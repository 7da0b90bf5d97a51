import { Type } from '@sinclair/typebox';
import { closed, Code, Instant, Money, oneOf, QuantityText, SafeInteger, Text } from '../events/fields.ts';
import { defineCommand, type ReplyOf, type RequestOf } from './command-definition.ts';

/* What a comparison of two books of stock asks: the outside system for its own, and the ledger for what it held then. */

/** SELLABLE: what may be sold. ON_HAND: everything that is there, in whatever condition. */
const BalanceFigure = oneOf('SELLABLE', 'ON_HAND');
const SkuCodes = Type.Array(Code, { minItems: 1, maxItems: 500 });

export const balanceSources = defineCommand({
  context: 'inbox',
  name: 'balance-sources',
  version: 1,
  meaning: 'Which systems can be asked how much lies where, and what their figures are to be held against.',
  request: closed({}),
  reply: closed({
    sources: Type.Array(closed({ system: Text, figure: BalanceFigure, locations: Type.Array(Code) })),
  }),
});

export const readBalances = defineCommand({
  context: 'inbox',
  name: 'read-balances',
  version: 1,
  meaning: 'Asks a system how much lies at a location: a page of all that is there, or of these SKUs.',
  request: closed({
    system: Text,
    location: Code,
    /** `next` of the page before; absent: the first page. Never with `skus`. */
    after: Type.Optional(Text),
    skus: Type.Optional(SkuCodes),
  }),
  reply: closed({
    /** The figures are those of this instant. */
    asOf: Instant,
    /** A SKU that is asked for and absent is not there. */
    balances: Type.Array(
      closed({
        sku: Code,
        quantity: QuantityText,
        /** What one base unit has cost, where the system keeps that. */
        unitCost: Type.Optional(Money),
      }),
    ),
    next: Type.Optional(Text),
  }),
});

export const catchUp = defineCommand({
  context: 'inbox',
  name: 'catch-up',
  version: 1,
  meaning: 'Has the feeds of a system read now instead of at their next time.',
  request: closed({ system: Text }),
  reply: closed({ feeds: SafeInteger }),
});

/** A question. Movements count by when they happened, so a fact that comes late changes the answer. */
export const heldBalances = defineCommand({
  context: 'inventory',
  name: 'held-balances',
  version: 1,
  meaning: 'How much the ledger held at a location at an instant: a page of all that is not zero, or of these SKUs.',
  request: closed({
    location: Code,
    asOf: Instant,
    figure: BalanceFigure,
    /** `next` of the page before; absent: the first page. Never with `skus`. */
    after: Type.Optional(SafeInteger),
    skus: Type.Optional(SkuCodes),
    /** Of a page. */
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 5_000 })),
  }),
  reply: closed({
    balances: Type.Array(
      closed({
        sku: Code,
        /** Null when what moved since that instant is not remembered any more. */
        quantity: Type.Union([QuantityText, Type.Null()]),
      }),
    ),
    next: Type.Optional(SafeInteger),
  }),
});

export type BalanceSourceTold = ReplyOf<typeof balanceSources>['sources'][number];
export type ReadBalances = RequestOf<typeof readBalances>;
export type ToldBalances = ReplyOf<typeof readBalances>;
export type HeldBalances = RequestOf<typeof heldBalances>;
export type HeldBalancesReply = ReplyOf<typeof heldBalances>;
