import { sha256 } from '../planner/open-planner.ts';
import type { ShippedPlans } from '../planner/open-planner.ts';

/** An operation that was registered. */
export interface RegisteredOperation {
  /** SHA-256 of `body`, in hexadecimal. */
  readonly id: string;
  readonly name: string;
  readonly type: 'query' | 'mutation' | 'subscription';
  /** A document with this one operation and its fragments. */
  readonly body: string;
}

/** The operations of released clients. The form is Apollo's, whose tools write and read it, with plans besides. */
export interface DocumentManifest {
  readonly format: 'apollo-persisted-query-manifest';
  readonly version: 1;
  readonly operations: readonly RegisteredOperation[];
  readonly plans?: readonly ShippedPlans[];
}

export const EMPTY_MANIFEST: DocumentManifest = {
  format: 'apollo-persisted-query-manifest',
  version: 1,
  operations: [],
};

/** A text that is no manifest of registered operations. */
export class ManifestRefused extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ManifestRefused';
  }
}

/** @throws {ManifestRefused} for another form, or an operation that was changed after it got its id */
export function readManifest(text: string): DocumentManifest {
  const manifest = parse(text);
  const { format, version, operations } = manifest;
  if (format !== EMPTY_MANIFEST.format || version !== 1 || !Array.isArray(operations)) {
    throw new ManifestRefused(`It is no manifest of the form ${EMPTY_MANIFEST.format}, version 1.`);
  }
  for (const { id, name, body } of manifest.operations) {
    if (typeof body !== 'string' || id !== sha256(body)) {
      throw new ManifestRefused(`The operation ${name} has another body than its id ${id} stands for.`);
    }
  }
  return manifest;
}

function parse(text: string): DocumentManifest {
  try {
    const value = JSON.parse(text) as DocumentManifest | null;
    if (typeof value === 'object' && value !== null) return value;
  } catch (error) {
    throw new ManifestRefused('It is no JSON.', { cause: error });
  }
  throw new ManifestRefused('It is no JSON object.');
}
