/** Begins the reference of a command of orders, which is followed by the order. */
export const OUTBOUND_REF = 'orders:';
