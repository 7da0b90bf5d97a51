import type { FlashSale } from '../benchmark.ts';
import type { MeasuredProcess } from '../measure/measured-process.ts';
import { count, millis, table } from '../measure/report.ts';
import type { FlashOutcome, FlashSaleArgument, FlashSaleLoad } from './flash-sale-desk.ts';

/** Many customers want the same few units at once. */
export async function measureFlashSale(
  child: MeasuredProcess,
  { customers, units }: FlashSale,
  seconds: number,
): Promise<string> {
  const argument: FlashSaleArgument = { customers, units, durationMs: seconds * 1_000 };
  const { accepted, refused, soldOutMs, left } = (await child.ask('sell', argument)) as FlashSaleLoad;
  const rows = [rowOf('accepted', accepted), rowOf('refused', refused)];
  const until = soldOutMs === null ? `${count(left)} are left` : `sold out after ${millis(soldOutMs)}`;
  const goods = `${count(units)} units, ${until}; oversold: 0`;
  return [`${count(customers)} customers at a time, ${goods}`, table(HEAD, rows)].join('\n');
}

const HEAD = ['answer', 'orders', 'per second', 'p50', 'p99'];

const rowOf = (name: string, { orders, perSecond, p50Ms, p99Ms }: FlashOutcome): string[] =>
  orders === 0 ? [name, '0', '-', '-', '-'] : [name, count(orders), count(perSecond), millis(p50Ms), millis(p99Ms)];
