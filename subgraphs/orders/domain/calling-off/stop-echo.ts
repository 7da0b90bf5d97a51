import type { Order, PartialStop } from '../order.ts';
import type { LineQuantity } from '../parcels/shipment.ts';

/** A location will confirm what it was asked to stop: none of that is news. */
export function expectEcho(order: Order, location: string, lines: readonly LineQuantity[]): Order {
  if (lines.length === 0) return order;
  return { ...order, stopEchoes: [...(order.stopEchoes ?? []), { location, lines }] };
}

export interface Echoed {
  readonly state: Order;
  /** What a location told beyond what was expected. */
  readonly news: readonly LineQuantity[];
}

/** Takes out of what a location tells of ended work what it only confirms. */
export function takeEcho(order: Order, location: string, lines: readonly LineQuantity[]): Echoed {
  const echoes = order.stopEchoes ?? [];
  const echo = echoes.find((each) => each.location === location);
  if (!echo) return { state: order, news: lines };
  const expected = new Map(echo.lines.map(({ line, quantity }) => [line, quantity]));
  const news = lines.flatMap(({ line, quantity }) => {
    const confirmed = Math.min(quantity, expected.get(line) ?? 0);
    expected.set(line, (expected.get(line) ?? 0) - confirmed);
    return quantity > confirmed ? [{ line, quantity: quantity - confirmed }] : [];
  });
  const left = [...expected].flatMap(([line, quantity]) => (quantity > 0 ? [{ line, quantity }] : []));
  return { state: withEchoes(order, echoes, { was: echo, left }), news };
}

/** Once a location works again, what it did not confirm it will not confirm any more. */
export function withoutEchoes(order: Order, location: string): Order {
  const echoes = order.stopEchoes ?? [];
  const echo = echoes.find((each) => each.location === location);
  return echo ? withEchoes(order, echoes, { was: echo, left: [] }) : order;
}

function withEchoes(
  order: Order,
  echoes: readonly PartialStop[],
  { was, left }: { readonly was: PartialStop; readonly left: readonly LineQuantity[] },
): Order {
  const { stopEchoes: _before, ...rest } = order;
  const changed = echoes.flatMap((each) => (each !== was ? [each] : left.length > 0 ? [{ ...was, lines: left }] : []));
  return changed.length > 0 ? { ...rest, stopEchoes: changed } : rest;
}
