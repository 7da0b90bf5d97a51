import { countBy } from './count-by.ts';
import { readCounter } from './day-clients.ts';
import { DAY_SYSTEMS, type DayWorld } from './open-day-world.ts';
import { BACK_OFFICE } from './opening-messages.ts';

/** How much went wrong, and what became of the messages. */
export interface DayFigures {
  /** What became of the webhooks of the POS, and how many came more than once. */
  readonly webhooks: Readonly<Record<'delivered' | 'dropped' | 'gave up' | 'doubled', number>>;
  /** Calls of the hub to each system. */
  readonly calls: Readonly<Record<'pos' | 'tryton', Calls>>;
  /** Outcomes of the inbox by system. */
  readonly inbox: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

type Calls = Readonly<Record<'answered' | 'throttled' | 'met nobody', number>>;

const TOO_MANY = 429;
const SERVER_ERROR = 500;
const OUTCOMES = ['ACCEPTED', 'DUPLICATE', 'CONFLICT', 'QUARANTINED', 'FOREIGN'];

export async function figuresOf(world: DayWorld): Promise<DayFigures> {
  const calls = { pos: callsOf(world.square), tryton: callsOf(world.door) };
  return { webhooks: webhooksOf(world), calls, inbox: await inboxOf(world) };
}

function webhooksOf({ square }: DayWorld): DayFigures['webhooks'] {
  const deliveries = square.deliveries();
  const of = (wanted: string) => deliveries.filter(({ outcome }) => outcome === wanted).length;
  const doubled = Object.values(countBy(deliveries.map(({ messageId }) => messageId))).filter((times) => times > 1);
  return { delivered: of('DELIVERED'), dropped: of('DROPPED'), 'gave up': of('GAVE_UP'), doubled: doubled.length };
}

function callsOf(system: Pick<DayWorld['square'], 'requests'>): Calls {
  const statuses = system.requests().map(({ status }) => status);
  const throttled = statuses.filter((status) => status === TOO_MANY).length;
  const missed = statuses.filter((status) => status === 0 || status >= SERVER_ERROR).length;
  return { answered: statuses.length - throttled - missed, throttled, 'met nobody': missed };
}

async function inboxOf({ hub }: DayWorld): Promise<DayFigures['inbox']> {
  const sources = [...Object.values(DAY_SYSTEMS), BACK_OFFICE];
  const counted = sources.map(async (source) => {
    const outcomes = await Promise.all(
      OUTCOMES.map(
        async (outcome) => [outcome, await readCounter(hub.url, 'inbox_messages_total', { source, outcome })] as const,
      ),
    );
    return [source, Object.fromEntries(outcomes.filter(([, count]) => count > 0))] as const;
  });
  return Object.fromEntries(await Promise.all(counted));
}
