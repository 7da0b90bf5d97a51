import type { PendingOf, Settlement } from '../command-outcome.ts';
import type { CommandOf, Transition } from '../order-command.ts';
import type { Order } from '../order.ts';
import type { Told } from '../told.ts';
import { note } from '../timeline.ts';
import type { MarketplaceWord } from './marketplace-terms.ts';

type Telling = PendingOf<'acknowledge-order' | 'tell-cancellation' | 'tell-shipment'>;

/** The queue has told the marketplace. It may say later only whether it has taken it in. */
export function settleTelling(order: Order, { command, outcome, told }: Settlement<Telling>): Order {
  if (outcome.status === 'REFUSED') return heard(order, command.id, { reason: outcome.message, told });
  return outcome.operation === 'PENDING' ? order : heard(order, command.id, { told });
}

/** The marketplace says what became of something that it was told. */
export function recordMarketplaceAnswer(order: Order, command: CommandOf<'RecordMarketplaceAnswer'>): Transition {
  const { command: id, reason, told } = command;
  return { state: heard(order, id, { ...(reason !== null && { reason }), told }), events: [] };
}

interface Heard {
  /** Absent: it was taken in. */
  readonly reason?: string;
  readonly told: Told;
}

const TAKEN: Readonly<Record<MarketplaceWord['about'], string>> = {
  ACKNOWLEDGEMENT: 'knows that the order is taken on',
  CANCELLATION: 'knows what was called off',
  SHIPMENT: 'knows of the parcel',
};

/** The first answer to a word counts, except that what was refused may be taken in after all. */
function heard(order: Order, id: string, { reason, told }: Heard): Order {
  const { marketplace } = order;
  const word = marketplace?.words.find((each) => each.id === id);
  const isNews = word && (word.state === 'ASKED' || (word.state === 'REFUSED' && reason === undefined));
  if (!marketplace || !isNews) return order;
  const { id: _, about } = word;
  const { reason: _before, ...rest } = word;
  const answered: MarketplaceWord =
    reason === undefined ? { ...rest, state: 'TAKEN' } : { ...rest, state: 'REFUSED', reason };
  const words = marketplace.words.map((each) => (each.id === id ? answered : each));
  const isAcknowledged = about === 'ACKNOWLEDGEMENT' && reason === undefined;
  const { system } = marketplace;
  return note(
    {
      ...order,
      marketplace: { ...marketplace, words },
      ...(isAcknowledged && { acknowledgedAtMs: told.occurredAtMs }),
    },
    {
      type: reason === undefined ? 'MARKETPLACE_TOLD' : 'MARKETPLACE_REFUSED',
      summary:
        reason === undefined
          ? `${system} ${TAKEN[about]}.`
          : `${system} does not take in what it was told (${about}): ${reason}`,
      told,
      visibility: 'AGENT',
    },
  );
}
