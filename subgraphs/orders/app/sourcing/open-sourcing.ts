import { repeatTask } from '../../../../kernel/engine/repeat-task.ts';
import type { Platform } from '../../../../kernel/ports/platform.ts';
import type { SourcingRules } from '../../domain/sourcing/sourcing-rules.ts';
import type { OrderStore } from '../order-store.ts';
import type { OrdersLimits } from '../orders-limits.ts';
import type { OrdersServices } from '../orders-services.ts';
import type { Wms } from '../../../../connectors/wms/port.ts';
import { DecisionStore } from './decision-store.ts';
import { IdleWork } from './idle-work.ts';
import { LocationSweeps } from './location-sweeps.ts';
import { NodeCapacity } from './node-capacity.ts';
import { PlaceRegister } from './place-register.ts';
import { RulesStore } from './rules-store.ts';

export interface OpenSourcing {
  readonly services: Pick<OrdersServices, 'rules' | 'places' | 'capacity' | 'decisions' | 'idleWork' | 'sweeps'>;
  /** Looks at what other processes have changed and at what is due, again and again. */
  start(): void;
  /** Waits for what is in flight. */
  stop(): Promise<void>;
}

interface Options {
  readonly sourcingRules: SourcingRules;
  readonly wms: readonly Wms[];
  readonly limits: OrdersLimits;
}

export async function openSourcing(
  platform: Platform,
  store: OrderStore,
  { sourcingRules, wms, limits }: Options,
): Promise<OpenSourcing> {
  const { documents, clock } = platform;
  const { conflictRetriesMax, sourcingLookMs } = limits;
  const rules = await RulesStore.open(platform, sourcingRules);
  const isRunBySystem = (location: string): boolean => wms.some((system) => system.locations.includes(location));
  const services = {
    rules,
    sweeps: await LocationSweeps.open({ platform, services: { store, wms, limits } }),
    idleWork: await IdleWork.open({ platform, store, rules, limits, isRunBySystem }),
    places: await PlaceRegister.open(documents),
    capacity: await NodeCapacity.open({ documents, conflictRetriesMax, ordersOf: (ids) => store.getMany(ids) }),
    decisions: await DecisionStore.open(documents),
  };
  const look = async (): Promise<void> => {
    const today = new Date(clock.nowMs()).toISOString().slice(0, 10);
    await Promise.all([services.rules.look(), services.places.look(), services.capacity.lookAtLimits(today)]);
  };
  await look();
  let stopLooking: () => Promise<void> = async () => undefined;
  return {
    services,
    start() {
      // What was known before goes on to hold while it cannot be read.
      const failed = 'what sourcing needs to know could not be read';
      stopLooking = repeatTask({ platform, pauseMs: sourcingLookMs, failed, run: look });
      services.idleWork.start();
      services.sweeps.start();
    },
    async stop() {
      await Promise.all([stopLooking(), services.idleWork.stop(), services.sweeps.stop()]);
    },
  };
}
