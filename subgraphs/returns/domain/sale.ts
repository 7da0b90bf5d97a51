import type { DescribeSaleReply } from '../../../schema/commands/orders.ts';

/** What of an order can still come back, as orders tells it. */
export type Sale = NonNullable<DescribeSaleReply['sale']>;
