import { readEvent } from '../../kernel/model/read-told.ts';
import type { CancelTimer } from '../../kernel/ports/clock.ts';
import { DocumentConflict } from '../../kernel/ports/document-errors.ts';
import type { Collection, CollectionDefinition, Document } from '../../kernel/ports/documents.ts';
import type { Platform } from '../../kernel/ports/platform.ts';
import type { Consumer, StreamMessage } from '../../kernel/ports/streams.ts';
import { mappingActivated, mappingWithdrawn } from '../../schema/events/operations.ts';
import { streamOf } from '../../schema/events/subjects.ts';
import type { CodeMapping } from './code-mapping.ts';

/** A version of a mapping set that holds or will hold. JSON data. */
interface Activation {
  readonly version: number;
  readonly effectiveFromMs: number;
  readonly decidedAtMs: number;
  readonly rows: CodeMapping<string>;
}

/** The version of a set that was told to hold last. JSON data. */
interface ToldDocument extends Document {
  readonly version: number;
}

interface MappingDocument extends Document {
  readonly system: string;
  readonly domain: string;
  readonly activations: readonly Activation[];
}

/** The mapping sets as they hold at the moment, for whoever reads messages. */
export interface MappingRegistry {
  /** Undefined when nobody has made a set of that name: then an adapter reads by what it was given. */
  rowsOf(system: string, domain: string): CodeMapping<string> | undefined;
  /** The versions of the sets of a system that hold now, by name. */
  versionsOf(system: string): Readonly<Record<string, number>>;
  /**
   * Calls back whenever other rows begin to hold for a system, also when that happened while nobody listened. What was told
   * is remembered, by all processes together, so one of them at a time is to listen. @returns stops it
   */
  onChanged(listener: (system: string) => Promise<void>): () => Promise<void>;
  close(): Promise<void>;
}

export interface MappingRegistryLimits {
  /** How often sets that another process has taken in are looked for. */
  readonly refreshMs: number;
  /** Planned versions of a set besides the one that holds. */
  readonly plannedMax: number;
  readonly deliveriesMax: number;
  readonly backoffMinMs: number;
  readonly backoffMaxMs: number;
}

export const MAPPING_REGISTRY_LIMITS: MappingRegistryLimits = {
  refreshMs: 5_000,
  plannedMax: 50,
  deliveriesMax: 20,
  backoffMinMs: 100,
  backoffMaxMs: 30_000,
};

const SETS: CollectionDefinition = { name: 'connector-mappings', indexes: [] };
const TOLD: CollectionDefinition = { name: 'connector-mappings-told', indexes: [] };
const PAGE = 500;
const LONGEST_TIMER_MS = 3_600_000;

export interface MappingRegistryOptions {
  readonly platform: Pick<Platform, 'clock' | 'documents' | 'streams' | 'telemetry'>;
  /** Those that differ from MAPPING_REGISTRY_LIMITS. */
  readonly limits?: Partial<MappingRegistryLimits>;
}

/** Opens the sets as they were left, and follows what operations decides. */
export async function openMappingRegistry({ platform, limits }: MappingRegistryOptions): Promise<MappingRegistry> {
  const sets = await platform.documents.collection<MappingDocument>(SETS);
  const told = await platform.documents.collection<ToldDocument>(TOLD);
  const registry = new Registry({ platform, sets, told, limits: { ...MAPPING_REGISTRY_LIMITS, ...limits } });
  await registry.open();
  return registry;
}

interface RegistryParts {
  readonly platform: MappingRegistryOptions['platform'];
  readonly sets: Collection<MappingDocument>;
  readonly told: Collection<ToldDocument>;
  readonly limits: MappingRegistryLimits;
}

class Registry implements MappingRegistry {
  readonly #parts: RegistryParts;
  #known = new Map<string, MappingDocument>();
  #listener: ((system: string) => Promise<void>) | undefined;
  /** One telling at a time. */
  #telling: Promise<void> = Promise.resolve();
  #consumer: Consumer | undefined;
  #cancel: CancelTimer = () => undefined;
  #refreshing: Promise<void> | undefined;
  #isClosed = false;

  constructor(parts: RegistryParts) {
    this.#parts = parts;
  }

  async open(): Promise<void> {
    const { platform, limits } = this.#parts;
    await this.#load();
    this.#consumer = await platform.streams.consume({
      durable: 'connectors-mappings',
      stream: streamOf('operations'),
      types: [mappingActivated.type, mappingWithdrawn.type],
      from: 'first',
      concurrencyMax: 4,
      deliveriesMax: limits.deliveriesMax,
      backoffMinMs: limits.backoffMinMs,
      backoffMaxMs: limits.backoffMaxMs,
      handle: (message) => this.#take(message),
    });
    this.#wait();
  }

  rowsOf(system: string, domain: string): CodeMapping<string> | undefined {
    const set = this.#known.get(idOf(system, domain));
    return set && this.#holding(set)?.rows;
  }

  versionsOf(system: string): Readonly<Record<string, number>> {
    const sets = [...this.#known.values()].filter((set) => set.system === system);
    return Object.fromEntries(
      sets.flatMap((set) => {
        const holding = this.#holding(set);
        return holding ? [[set.domain, holding.version] as const] : [];
      }),
    );
  }

  onChanged(listener: (system: string) => Promise<void>): () => Promise<void> {
    this.#listener = listener;
    this.#tellChanges().catch((error: unknown) => this.#logFailure(error));
    return async () => {
      this.#listener = undefined;
      await this.#telling;
    };
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#cancel();
    await this.#consumer?.stop();
    await this.#refreshing;
    await this.#telling;
  }

  async #take({ envelope }: StreamMessage): Promise<void> {
    if (envelope.type === mappingWithdrawn.type) {
      const { system, domain, mappingVersion } = readEvent(mappingWithdrawn, envelope);
      await this.#change({ system, domain }, (known) => known.filter(({ version }) => version !== mappingVersion));
    } else {
      const data = readEvent(mappingActivated, envelope);
      const activation: Activation = {
        version: data.mappingVersion,
        effectiveFromMs: Date.parse(data.effectiveFrom),
        decidedAtMs: Date.parse(data.decidedAt),
        rows: data.rows,
      };
      await this.#change(data, (known) => [
        ...known.filter(({ version }) => version !== activation.version),
        activation,
      ]);
    }
    await this.#tellChanges();
  }

  async #change(
    { system, domain }: { readonly system: string; readonly domain: string },
    change: (known: readonly Activation[]) => readonly Activation[],
  ): Promise<void> {
    const { sets } = this.#parts;
    const id = idOf(system, domain);
    for (;;) {
      const known = await sets.get(id);
      const activations = this.#needed(change(known?.document.activations ?? []));
      const document = { id, system, domain, activations };
      try {
        await sets.save(document, known?.version ?? 0);
        this.#known.set(id, document);
        return;
      } catch (error) {
        if (!(error instanceof DocumentConflict)) throw error;
      }
    }
  }

  /** What holds, and what will. */
  #needed(activations: readonly Activation[]): readonly Activation[] {
    const nowMs = this.#parts.platform.clock.nowMs();
    const holding = holdingAt(activations, nowMs);
    const planned = activations.filter(({ effectiveFromMs }) => effectiveFromMs > nowMs);
    return [...(holding ? [holding] : []), ...planned.slice(-this.#parts.limits.plannedMax)];
  }

  #holding({ activations }: MappingDocument): Activation | undefined {
    return holdingAt(activations, this.#parts.platform.clock.nowMs());
  }

  #tellChanges(): Promise<void> {
    const telling = this.#telling.then(() => this.#tellOnce());
    this.#telling = telling.catch(() => undefined);
    return telling;
  }

  /** A set counts as told when its listener is through, so a crash in between repeats it. */
  async #tellOnce(): Promise<void> {
    const listener = this.#listener;
    if (!listener) return;
    const { told, platform } = this.#parts;
    const known = new Map((await told.getMany([...this.#known.keys()])).map((each) => [each.document.id, each]));
    const changed = [...this.#known.values()].flatMap((set) => {
      const version = this.#holding(set)?.version ?? 0;
      const before = known.get(set.id);
      return (before?.document.version ?? 0) === version ? [] : [{ set, version, saved: before?.version ?? 0 }];
    });
    for (const [system, sets] of Map.groupBy(changed, ({ set }) => set.system)) {
      await listener(system);
      for (const { set, version, saved } of sets) await told.save({ id: set.id, version }, saved);
      platform.telemetry.count('mappings_changed_total', { system });
    }
  }

  #wait(): void {
    if (this.#isClosed) return;
    const { platform, limits } = this.#parts;
    this.#cancel = platform.clock.after(Math.min(limits.refreshMs, LONGEST_TIMER_MS), () => {
      this.#refreshing = this.#refresh().finally(() => {
        this.#refreshing = undefined;
        this.#wait();
      });
    });
  }

  async #refresh(): Promise<void> {
    try {
      await this.#load();
      await this.#tellChanges();
    } catch (error) {
      this.#logFailure(error);
    }
  }

  #logFailure(error: unknown): void {
    this.#parts.platform.telemetry.log('warn', 'mapping sets could not be read', { error: String(error) });
  }

  async #load(): Promise<void> {
    const loaded = new Map<string, MappingDocument>();
    let after: { readonly id: string; readonly value: null } | undefined;
    for (;;) {
      const page = await this.#parts.sets.find({ limit: PAGE, ...(after && { after }) });
      for (const { document } of page) loaded.set(document.id, document);
      const last = page.at(-1);
      if (!last || page.length < PAGE) break;
      after = { id: last.document.id, value: null };
    }
    this.#known = loaded;
  }
}

function holdingAt(activations: readonly Activation[], nowMs: number): Activation | undefined {
  return activations
    .filter(({ effectiveFromMs }) => effectiveFromMs <= nowMs)
    .reduce<Activation | undefined>((latest, each) => (!latest || isLater(each, latest) ? each : latest), undefined);
}

/** The one that began later holds; of two that began together, the one that was decided later. */
function isLater(a: Activation, b: Activation): boolean {
  if (a.effectiveFromMs !== b.effectiveFromMs) return a.effectiveFromMs > b.effectiveFromMs;
  return a.decidedAtMs > b.decidedAtMs || (a.decidedAtMs === b.decidedAtMs && a.version > b.version);
}

function idOf(system: string, domain: string): string {
  return `${system}|${domain}`;
}
