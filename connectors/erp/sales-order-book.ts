import type {
  RecordedSalesOrder,
  RecordSalesOrder,
  RequestedInvoice,
  RequestInvoice,
} from '../../schema/commands/outbound-sales-orders.ts';

/**
 * Where an ERP keeps the orders of web shops, marketplaces and the phone. An order is found by its id in the hub, which is
 * written into it, and a parcel by its id: so each is made once, however often it is asked for and whatever answer was
 * lost. Calls throw as those of the port do.
 */
export interface SalesOrderBook {
  /**
   * Makes the order, or brings it up to what is told of it. One of which nothing is left is removed before anything of it
   * was invoiced; asked again it stays away.
   * @throws {Refusal} UPSTREAM_REJECTED what the ERP says no to
   */
  record(order: RecordSalesOrder): Promise<RecordedSalesOrder>;
  /** Books that a parcel has left, and invoices it, to the minor unit of what is told. @throws {Refusal} UPSTREAM_REJECTED */
  invoice(parcel: RequestInvoice): Promise<RequestedInvoice>;
}
