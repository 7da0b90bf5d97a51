import { createHash } from 'node:crypto';
import { DocumentConflict } from '../../kernel/ports/document-errors.ts';
import type { Collection, Document, OutboxEvent, Versioned } from '../../kernel/ports/documents.ts';
import type { Platform } from '../../kernel/ports/platform.ts';
import { schemaDrifted } from '../../schema/events/inbox-messages.ts';
import { publicationOf } from '../../schema/events/publication.ts';
import { shapeOfBody, type BodyShape } from './body-shape.ts';
import type { InboxEntry } from './inbox-entry.ts';
import {
  addedIn,
  changesIn,
  EMPTY_SCHEMA,
  learn,
  nameOf,
  untold,
  type RecordedSchema,
  type SchemaChange,
} from './recorded-schema.ts';

interface SchemaDocument extends Document {
  readonly schema: RecordedSchema;
}

export interface DriftWatchOptions {
  readonly platform: Pick<Platform, 'clock' | 'documents' | 'ids' | 'telemetry'>;
  /** Readable bodies of a kind from which its schema is learned before changes are told. */
  readonly learnBodies: number;
}

interface Told {
  readonly change: SchemaChange;
  readonly entry: InboxEntry;
  readonly kind: string;
}

const ATTEMPTS_MAX = 3;

/**
 * Learns what the bodies of each kind of each source look like, and tells once of each change. What it cannot save is told
 * with a later message.
 */
export class DriftWatch {
  readonly #options: DriftWatchOptions;
  readonly #schemas: Collection<SchemaDocument>;
  readonly #known = new Map<string, Versioned<SchemaDocument>>();

  constructor(options: DriftWatchOptions, schemas: Collection<SchemaDocument>) {
    this.#options = options;
    this.#schemas = schemas;
  }

  static async open(options: DriftWatchOptions): Promise<DriftWatch> {
    const schemas = await options.platform.documents.collection<SchemaDocument>({ name: 'inbox-schemas', indexes: [] });
    return new DriftWatch(options, schemas);
  }

  /** Looks at messages that came in, readable or not. It never throws. */
  async observe(source: string, entries: readonly InboxEntry[]): Promise<void> {
    const kinds = Map.groupBy(
      entries.filter(({ origin }) => origin !== undefined),
      ({ origin }) => origin?.kind ?? '',
    );
    for (const [kind, some] of kinds) {
      try {
        await this.#observeKind({ source, kind }, some);
      } catch (error) {
        const { telemetry } = this.#options.platform;
        telemetry.log('warn', 'The schema of a source could not be looked after.', {
          source,
          kind,
          error: String(error),
        });
      }
    }
  }

  async #observeKind(of: { readonly source: string; readonly kind: string }, entries: readonly InboxEntry[]) {
    const id = `${of.source}|${of.kind}`;
    for (let attempt = 1; ; attempt++) {
      const known = this.#known.get(id) ?? (await this.#schemas.get(id));
      const before = known?.document.schema ?? EMPTY_SCHEMA;
      const { schema, told } = this.#take(before, { ...of, entries });
      if (schema === before) return;
      try {
        const document = { id, schema };
        const version = await this.#schemas.save(
          document,
          known?.version ?? 0,
          told.map((each) => this.#eventOf(of.source, each)),
        );
        this.#known.set(id, { document, version });
        return;
      } catch (error) {
        this.#known.delete(id);
        if (!(error instanceof DocumentConflict) || attempt >= ATTEMPTS_MAX) throw error;
      }
    }
  }

  #take(
    before: RecordedSchema,
    {
      source,
      kind,
      entries,
    }: { readonly source: string; readonly kind: string; readonly entries: readonly InboxEntry[] },
  ): { readonly schema: RecordedSchema; readonly told: readonly Told[] } {
    const { learnBodies } = this.#options;
    let schema = before;
    const told: Told[] = [];
    for (const entry of entries) {
      const shape = shapeOfBody(entry.origin?.body);
      const isReadable = entry.reason === undefined;
      const isLearned = schema.seen >= learnBodies;
      const changes = changesIn(schema, shape);
      if (isLearned && changes.length > 0) {
        const { news, recorded } = untold(schema, changes);
        schema = recorded;
        told.push(...news.map((change) => ({ change, entry, kind })));
      }
      // What cannot be read must not become what is expected.
      if (isReadable && (!isLearned || changes.length > 0)) schema = learn(schema, shape, { learnBodies });
      this.#countAdded({ source, kind }, schema, shape);
    }
    return { schema, told };
  }

  #countAdded(
    labels: { readonly source: string; readonly kind: string },
    schema: RecordedSchema,
    shape: BodyShape,
  ): void {
    const added = schema.seen < this.#options.learnBodies ? 0 : addedIn(schema, shape);
    if (added > 0) this.#options.platform.telemetry.count('inbox_unknown_fields_total', labels, added);
  }

  #eventOf(system: string, { change, entry, kind }: Told): OutboxEvent {
    const { clock, ids } = this.#options.platform;
    const id = ids.next();
    const digest = createHash('sha256')
      .update(JSON.stringify([system, kind, nameOf(change)]))
      .digest('base64url');
    const exceptionId = `schema-drift-${digest}`;
    const nowMs = clock.nowMs();
    return publicationOf(schemaDrifted, {
      id,
      key: exceptionId,
      source: { system: 'inbox', eventId: id },
      occurredAtMs: nowMs,
      recordedAtMs: nowMs,
      correlationId: id,
      data: {
        exceptionId,
        system,
        kind,
        change: change.change,
        field: change.field.slice(0, FIELD_LENGTH_MAX),
        was: [...change.was],
        is: [...change.is],
        eventId: entry.eventId,
        isQuarantined: entry.reason !== undefined,
      },
    });
  }
}

const FIELD_LENGTH_MAX = 500;
