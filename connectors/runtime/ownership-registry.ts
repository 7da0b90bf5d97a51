import { readEvent } from '../../kernel/model/read-told.ts';
import type { CancelTimer } from '../../kernel/ports/clock.ts';
import { DocumentConflict } from '../../kernel/ports/document-errors.ts';
import { FIND_LIMIT_MAX, type Collection, type Document } from '../../kernel/ports/documents.ts';
import type { Platform } from '../../kernel/ports/platform.ts';
import type { Consumer } from '../../kernel/ports/streams.ts';
import { ownershipChanged, type OwnershipChanged } from '../../schema/events/operations.ts';
import { streamOf } from '../../schema/events/subjects.ts';
import type { FactPlace } from './fact-domain.ts';

interface RuleDocument extends Document {
  readonly writerSystem: string | null;
  readonly ruleVersion: number;
}

/** Who may write the records of each domain but stock, as the register of operations says. */
export interface OwnershipRegistry {
  /** The one system that may write there; null when every system may. */
  ownerOf(place: FactPlace): string | null;
  close(): Promise<void>;
}

const REFRESH_MS = 5_000;
const CONSUMER = { concurrencyMax: 8, deliveriesMax: 20, backoffMinMs: 100, backoffMaxMs: 30_000 };

/** Opens the register as it was left, and follows what operations decides. */
export async function openOwnershipRegistry(
  platform: Pick<Platform, 'clock' | 'documents' | 'streams' | 'telemetry'>,
): Promise<OwnershipRegistry> {
  const rules = await platform.documents.collection<RuleDocument>({ name: 'connector-ownership', indexes: [] });
  const registry = new Registry(rules);
  await registry.load();
  const consumer = await platform.streams.consume({
    ...CONSUMER,
    durable: 'connectors-ownership',
    stream: streamOf('operations'),
    types: [ownershipChanged.type],
    from: 'first',
    handle: ({ envelope }) => registry.take(readEvent(ownershipChanged, envelope)),
  });
  const stopRefreshing = refresh(registry, platform);
  return {
    ownerOf: (place) => registry.ownerOf(place),
    close: () => closeBoth(consumer, stopRefreshing),
  };
}

async function closeBoth(consumer: Consumer, stopRefreshing: () => Promise<void>): Promise<void> {
  await consumer.stop();
  await stopRefreshing();
}

/** Rules that another process has taken in are looked for now and then. */
function refresh(registry: Registry, { clock, telemetry }: Pick<Platform, 'clock' | 'telemetry'>): () => Promise<void> {
  let cancel: CancelTimer = () => undefined;
  let underWay: Promise<void> | undefined;
  let isStopped = false;
  const next = (): void => {
    if (isStopped) return;
    cancel = clock.after(REFRESH_MS, () => {
      underWay = registry
        .load()
        .catch((error: unknown) => telemetry.log('warn', 'ownership could not be read', { error: String(error) }))
        .finally(next);
    });
  };
  next();
  return async () => {
    isStopped = true;
    cancel();
    await underWay;
  };
}

class Registry {
  readonly #rules: Collection<RuleDocument>;
  #known = new Map<string, RuleDocument>();

  constructor(rules: Collection<RuleDocument>) {
    this.#rules = rules;
  }

  async load(): Promise<void> {
    const saved = await this.#rules.find({ limit: FIND_LIMIT_MAX });
    this.#known = new Map(saved.map(({ document }) => [document.id, document]));
  }

  /** A rule for the location comes before one for the channel, and both before one for everywhere. */
  ownerOf({ domain, location, channel }: FactPlace): string | null {
    const candidates = [
      ...(location === null ? [] : [idOf(domain, { location, channel: null })]),
      ...(channel === null ? [] : [idOf(domain, { location: null, channel })]),
      idOf(domain, { location: null, channel: null }),
    ];
    for (const id of candidates) {
      const rule = this.#known.get(id);
      if (rule) return rule.writerSystem;
    }
    return null;
  }

  /** Durable when it resolves; what comes again or late changes nothing. */
  async take({ domain, location, channel: of, writerSystem, ruleVersion }: OwnershipChanged): Promise<void> {
    if (domain === 'STOCK') return;
    const id = idOf(domain, { location, channel: of ?? null });
    for (;;) {
      const known = await this.#rules.get(id);
      if (known && known.document.ruleVersion >= ruleVersion) return;
      const rule = { id, writerSystem, ruleVersion };
      try {
        await this.#rules.save(rule, known?.version ?? 0);
        this.#known.set(id, rule);
        return;
      } catch (error) {
        if (!(error instanceof DocumentConflict)) throw error;
      }
    }
  }
}

function idOf(
  domain: string,
  { location, channel }: { readonly location: string | null; readonly channel: string | null },
) {
  return `${domain}|${location ?? (channel === null ? '*' : `channel:${channel}`)}`;
}
