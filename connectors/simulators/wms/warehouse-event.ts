/** Kinds of message, named inside the payload: there is no topic header. */
export type WarehouseEventType =
  | 'order_allocated'
  | 'order_picked'
  | 'order_packed'
  | 'shipment_update'
  | 'order_canceled'
  | 'inventory_receipt'
  | 'inventory_adjustment'
  | 'inventory_count'
  | 'return_received';

/** One message, the same in webhooks and in `GET /v1/events`. */
export interface WarehouseEvent {
  readonly message_id: string;
  readonly webhook_type: WarehouseEventType;
  readonly account_id: string;
  readonly warehouse: string;
  /** Counts up by one per warehouse, without gaps. */
  readonly sequence: number;
  readonly occurred_at: string;
  readonly data: Readonly<Record<string, unknown>>;
}
