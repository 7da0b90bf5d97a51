import type { Order } from '../order.ts';

/** What the ERP has refused of an order, and a person has to see to; undefined when it has refused nothing. */
export function refusedHandOff({
  id,
  sale,
}: Order):
  { readonly key: string; readonly summary: string; readonly evidence: string; readonly source: string } | undefined {
  const refused = sale?.invoices.filter(({ state }) => state === 'REFUSED').map(({ shipment }) => shipment) ?? [];
  if (!sale || (sale.state !== 'REFUSED' && refused.length === 0)) return undefined;
  const { system } = sale;
  const what = sale.state === 'REFUSED' ? 'does not keep it as it is' : `does not invoice ${refused.join(', ')}`;
  return { key: `${id}/sale`, summary: `${system} ${what}; see its timeline.`, evidence: id, source: system };
}

/** The OMS does not take the order on as it is; undefined when it does, or was not asked. */
export function refusedRouting({ id, routing }: Order): ReturnType<typeof refusedHandOff> {
  if (routing?.state !== 'REFUSED') return undefined;
  const { system } = routing;
  return {
    key: `${id}/routing`,
    summary: `${system} does not route it; see its timeline.`,
    evidence: id,
    source: system,
  };
}
