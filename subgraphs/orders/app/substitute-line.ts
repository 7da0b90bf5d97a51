import { skuId } from '../../../kernel/model/codes.ts';
import { isRefusal, refuse, Refusal, type RefusalValue } from '../../../kernel/model/errors.ts';
import { findLine, type Order } from '../domain/order.ts';
import type { OrderEdit } from '../domain/changes/order-edit.ts';
import type { OrderLine } from '../domain/order-line.ts';
import { permitSubstitution, type Permitted } from '../domain/changes/substitution-rules.ts';
import type { Cause } from './cause.ts';
import { changeOrder, type ChangeServices } from './change-order.ts';
import { quantitiesOf } from './edit-order.ts';
import type { OrdersServices } from './orders-services.ts';
import type { KnownSku } from './registry.ts';

export interface SubstituteLine {
  readonly order: string;
  readonly idempotencyKey: string;
  readonly line: string;
  readonly quantity: string;
  readonly substitute: string;
  readonly unitPriceMinor?: number;
  /** The store that has it at hand; absent: nobody has begun the units. */
  readonly location?: string;
  readonly isMissing: boolean;
  readonly by: string;
}

type Services = ChangeServices & Pick<OrdersServices, 'substitutionRules'>;

/**
 * Puts something else in the place of units that cannot be had, as the rules of the channel allow; see `changeOrder` for its
 * other errors.
 * @throws {Refusal} SUBSTITUTE_NOT_ALLOWED, UNKNOWN_SKU
 */
export async function substituteLine(services: Services, asked: SubstituteLine, cause: Cause): Promise<Order> {
  const { order, idempotencyKey, location } = asked;
  const system = services.wms.find((each) => location !== undefined && each.locations.includes(location));
  if (system) {
    const message = `${location} is run by ${system.system}, which has to tell first that units are missing.`;
    throw new Refusal('ILLEGAL_TRANSITION', message, { location, system: system.system });
  }
  const substitute = skuId(asked.substitute);
  const found = await services.store.get(order);
  const replaced = found && findLine(found, asked.line)?.sku;
  const known = await services.skus.getMany([substitute, ...(replaced === undefined ? [] : [replaced])]);
  const offered = known.get(substitute);
  if (!offered) throw new Refusal('UNKNOWN_SKU', `No SKU ${substitute} is registered.`, { sku: substitute });
  const editOf = (now: Order): OrderEdit | RefusalValue => substitutionOf(services, now, { asked, offered, known });
  return changeOrder(services, { order, key: `substitute/${idempotencyKey}`, content: asked, editOf }, cause);
}

interface Offer {
  readonly asked: SubstituteLine;
  readonly offered: KnownSku;
  readonly known: ReadonlyMap<string, KnownSku>;
}

function substitutionOf(services: Services, order: Order, { asked, offered, known }: Offer): OrderEdit | RefusalValue {
  const [taken] = quantitiesOf(order, [asked]);
  const line = findLine(order, asked.line) as OrderLine;
  const permitted = permitSubstitution(services.substitutionRules, {
    channel: order.channel,
    sku: line.sku,
    categories: known.get(line.sku)?.categories ?? [],
    allowsSubstitute: line.allowsSubstitute,
    substitute: offered.id,
    substituteCategories: offered.categories ?? [],
  });
  if (isRefusal(permitted)) return permitted;
  const ordered = convert(taken?.quantity ?? 0, { line, offered, permitted });
  if (isRefusal(ordered)) return ordered;
  const { priceRule } = permitted;
  const { unitPriceMinor, location, isMissing, by } = asked;
  if (unitPriceMinor === undefined && priceRule !== 'SAME') {
    return refuse('BAD_USER_INPUT', 'The rules need to know what the substitute costs.', { field: 'unitPriceMinor' });
  }
  return {
    reason: `${line.sku} cannot be had.`,
    by,
    substitution: {
      line: line.id,
      quantity: taken?.quantity ?? 0,
      by: { sku: offered.id, decimals: offered.decimals, ordered, unitPriceMinor: unitPriceMinor ?? 0 },
      priceRule,
      ...(location !== undefined && { location }),
      ...(isMissing && { isMissing }),
    },
  };
}

/** In steps of the substitute; what is no whole step is refused. */
function convert(
  quantity: number,
  { line, offered, permitted }: { readonly line: OrderLine; readonly offered: KnownSku; readonly permitted: Permitted },
): number | RefusalValue {
  const dividend = BigInt(quantity) * BigInt(permitted.units) * 10n ** BigInt(offered.decimals);
  const divisor = BigInt(permitted.for) * 10n ** BigInt(line.decimals);
  if (dividend % divisor === 0n) return Number(dividend / divisor);
  return refuse('INVALID_QUANTITY', `${permitted.units} of ${offered.id} take the place of ${permitted.for}.`, {
    sku: offered.id,
  });
}
