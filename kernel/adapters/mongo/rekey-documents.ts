import type { Model } from 'mongoose';
import type { CollectionDefinition } from '../../ports/documents.ts';
import type { DocumentRecord } from './document-record.ts';
import { unescapeMembers } from './escape-members.ts';
import type { MongoCalls } from './mongo-calls.ts';
import type { MongoLimits } from './mongo-limits.ts';
import { knownKeys, uniqueIndexes, uniqueKeys } from './unique-keys.ts';

export interface RekeyOptions {
  readonly model: Model<DocumentRecord>;
  readonly definition: CollectionDefinition;
  readonly calls: MongoCalls;
  readonly limits: MongoLimits;
}

/**
 * Gives the documents of a writer that did not know a unique index of `definition` their keys. Costs one look at an
 * index when there are none. Keys of indexes that this definition does not know are left.
 * The server refuses when two documents have the same values already.
 */
export async function rekeyDocuments(options: RekeyOptions): Promise<void> {
  const { model, definition, calls } = options;
  const indexes = uniqueIndexes(definition);
  if (indexes.length === 0) return;
  const writers = await calls.run(`${definition.name}.keyed`, () => model.distinct('keyed'));
  const known = knownKeys(indexes).split(' ');
  for (const writer of writers) {
    const names = (writer ?? '').split(' ');
    if (!known.every((name) => names.includes(name))) while (await rekeyPage(options, writer ?? ''));
  }
}

/** @returns whether there may be more */
async function rekeyPage({ model, definition, calls, limits }: RekeyOptions, keyed: string): Promise<boolean> {
  const indexes = uniqueIndexes(definition);
  const page = await calls.run(`${definition.name}.rekey`, () =>
    model.find({ keyed }).limit(limits.rekeyPageDocuments).lean<DocumentRecord[]>(),
  );
  for (const { _id, version, keys, keyed: before, body } of page) {
    const all = { ...keys, ...uniqueKeys(unescapeMembers(body), indexes) };
    const names = [...new Set([...before.split(' '), ...knownKeys(indexes).split(' ')])].filter(Boolean).sort();
    // One that was saved meanwhile has its keys from there.
    await calls.run(`${definition.name}.rekey`, () =>
      model.updateOne({ _id, version }, { $set: { keys: all, keyed: names.join(' ') } }),
    );
  }
  return page.length === limits.rekeyPageDocuments;
}
