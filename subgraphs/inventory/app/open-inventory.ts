import type { Erp } from '../../../connectors/erp/port.ts';
import type { Platform } from '../../../kernel/ports/platform.ts';
import type { ChannelSettings, NetworkSettings } from '../domain/ledger-command.ts';
import { BackorderCoverage } from './backorder-coverage.ts';
import { ChangePublisher } from './change-publisher.ts';
import { measureFreshness } from './channel-freshness.ts';
import { consumeEvents } from './consume-events.ts';
import { DueTimer } from './due-timer.ts';
import { dueWork } from './due-work.ts';
import { EventRelay } from './event-relay.ts';
import { FactOutcomeReader } from './fact-outcomes.ts';
import { FactIntake } from './fact-intake.ts';
import type { InventoryLimits } from './inventory-limits.ts';
import { Ledger } from './ledger.ts';
import { MasterDataSync } from './master-data-sync.ts';
import { serveChanges, serveCommands } from './serve-commands.ts';
import { consumeOwnership } from './consume-ownership.ts';
import { ExceptionWatch } from './exception-watch.ts';
import { Ownership, type CountOwners } from './ownership.ts';
import { PositionLog } from './position-log.ts';
import { ParkedWatch } from './parked-watch.ts';
import { PastLedger } from './past/past-ledger.ts';

export interface OpenInventoryOptions {
  readonly erp: Erp | undefined;
  readonly networks: readonly NetworkSettings[];
  readonly channels: readonly ChannelSettings[];
  readonly countOwners: CountOwners;
  readonly limits: InventoryLimits;
}

export interface OpenedInventory {
  readonly ledger: Ledger;
  readonly positionLog: PositionLog;
  readonly past: PastLedger;
  /** Stops taking work, finishes what is in flight, saves a snapshot. */
  close(): Promise<void>;
}

/** Replays the ledger, then starts everything that feeds it and everything that it feeds. */
export async function openInventory(platform: Platform, options: OpenInventoryOptions): Promise<OpenedInventory> {
  const { limits } = options;
  const ledger = await Ledger.open(platform, limits);
  const past = new PastLedger(ledger, platform, limits);
  const stops: Stops = [() => past.close()];
  const close = async (): Promise<void> => {
    await stopAll(stops);
    await ledger.close();
  };
  try {
    const positionLog = await PositionLog.open(platform, ledger);
    stops.push(positionLog.start());
    stops.push(measureFreshness(ledger.state, platform));
    stops.push(serveChanges(platform, ledger, limits));
    stops.push(await ledger.start(() => openLeading(ledger, platform, options)));
    return { ledger, positionLog, past, close };
  } catch (error) {
    await close();
    throw error;
  }
}

type Stops = (() => void | Promise<void>)[];

/** The last started is the first stopped. */
async function stopAll(stops: Stops): Promise<void> {
  for (const stop of stops.splice(0).reverse()) await stop();
}

/** What the process that decides does for all: it takes in facts, tells what changed, notes what falls due. @returns ends it */
async function openLeading(
  ledger: Ledger,
  platform: Platform,
  options: OpenInventoryOptions,
): Promise<() => Promise<void>> {
  const { limits } = options;
  const stops: Stops = [];
  try {
    // It must see the whole of every batch that it tells.
    stops.push(await ledger.read(() => new ChangePublisher(ledger, platform, limits).start()));
    const relay = await EventRelay.open(ledger, platform, limits);
    stops.push(relay.start());
    const intake = await FactIntake.open(ledger, platform, limits);
    stops.push(intake.start());
    const factReader = await FactOutcomeReader.open(ledger, intake, platform);
    stops.push(serveCommands({ platform, ledger, factReader }));
    stops.push(await new MasterDataSync({ ledger, platform, ...options }).start());
    stops.push(new BackorderCoverage(ledger, platform).start());
    for (const work of dueWork(limits)) stops.push(new DueTimer(ledger, platform, work).start());
    stops.push(new ExceptionWatch(ledger, platform).start());
    stops.push((await ParkedWatch.open(ledger, platform, limits)).start());
    const ownership = await Ownership.open(platform.documents, options.countOwners);
    const registering = await consumeOwnership(platform, ownership, limits);
    stops.push(() => registering.stop());
    const consumers = await consumeEvents({ platform, ledger, intake, ownership, limits });
    stops.push(async () => {
      await Promise.all(consumers.map((consumer) => consumer.stop()));
    });
  } catch (error) {
    await stopAll(stops);
    throw error;
  }
  return () => stopAll(stops);
}
