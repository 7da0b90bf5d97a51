import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { EMPTY_MANIFEST, readManifest } from '../../gateway/documents/document-manifest.ts';
import type { DocumentManifest, RegisteredOperation } from '../../gateway/documents/document-manifest.ts';
import { publishPlans } from '../../gateway/documents/publish-plans.ts';
import type { PublishOptions } from '../../gateway/documents/publish-plans.ts';
import { readDocuments } from '../../gateway/documents/read-documents.ts';
import { typicalCallers } from '../../gateway/documents/typical-callers.ts';
import { DEFAULT_OPERATION_LIMITS } from '../../gateway/planner/operation-limits.ts';
import { createQueryPlanner } from '../../gateway/planner/query-planner.ts';
import { toLiveSupergraph } from '../../gateway/subscriptions/live-supergraph.ts';
import { UuidV7Ids } from '../../kernel/adapters/embedded/uuid-v7-ids.ts';
import { SCALARS } from '../../kernel/graphql/scalars.ts';
import type { Identity } from '../../kernel/model/identity.ts';
import { AUDIENCE_CONTRACTS } from '../../schema/contracts.ts';
import { ROLES } from '../../schema/scopes.ts';
import { ANONYMOUS } from '../../gateway/auth/authenticator.ts';

export interface PublishFolderOptions {
  /** The manifest; default: `manifest.json` in the folder. */
  readonly out?: string;
  /** The supergraph; default: the hub's, with its contracts and roles. */
  readonly supergraph?: string;
  /** Forgets what was registered before. */
  readonly replace: boolean;
}

export interface PublishedFolder {
  readonly file: string;
  /** What keeps it from being published; nothing is written then. */
  readonly faults: readonly string[];
  readonly operations: number;
  readonly added: number;
  readonly plans: number;
}

const HUB_SUPERGRAPH = join(import.meta.dirname, '..', '..', 'schema', 'graphql', 'supergraph.graphql');

/**
 * Registers the operations of a folder. Those that were registered before stay, and must still be valid: a client in
 * somebody's hand cannot be changed.
 */
export function publishFolder(folder: string, options: PublishFolderOptions): PublishedFolder {
  const file = options.out ?? join(folder, 'manifest.json');
  const before = existsSync(file) && !options.replace ? readManifest(readFileSync(file, 'utf8')) : EMPTY_MANIFEST;
  const read = readDocuments(
    graphqlFilesOf(folder).map((path) => ({ path, text: readFileSync(join(folder, path), 'utf8') })),
  );
  const byId = new Map([...before.operations, ...read.operations].map((operation) => [operation.id, operation]));
  const operations = [...byId.values()].sort((a, b) =>
    a.name === b.name ? compare(a.id, b.id) : compare(a.name, b.name),
  );
  const published = publishAll(operations, settingsFor(options.supergraph));
  const faults = [...read.faults, ...published.flatMap((each) => each.faults)];
  const plans = published.map(({ shipped }) => shipped);
  if (faults.length === 0) write(file, { ...EMPTY_MANIFEST, operations, plans });
  return {
    file,
    faults,
    operations: operations.length,
    added: operations.length - before.operations.length,
    plans: plans.reduce((total, shipped) => total + Object.keys(shipped.plans).length, 0),
  };
}

/** Subscriptions are planned over the supergraph in which changes have a subgraph of their own. */
function publishAll(operations: readonly RegisteredOperation[], settings: PublishOptions) {
  const subscriptions = operations.filter(({ type }) => type === 'subscription');
  const others = operations.filter(({ type }) => type !== 'subscription');
  const published = [publishPlans(others, settings)];
  // Also where no operation is one: without a planner of its own a gateway needs that graph for its start.
  if (/@topic\(/.test(settings.supergraphSdl)) {
    const supergraphSdl = toLiveSupergraph(settings.supergraphSdl);
    published.push(publishPlans(subscriptions, { ...settings, supergraphSdl }));
  }
  return published;
}

function settingsFor(supergraph: string | undefined): PublishOptions {
  const supergraphSdl = readFileSync(supergraph ?? HUB_SUPERGRAPH, 'utf8');
  const common = { supergraphSdl, limits: DEFAULT_OPERATION_LIMITS, ids: new UuidV7Ids() };
  if (supergraph === undefined) return { ...common, contracts: AUDIENCE_CONTRACTS, scalars: SCALARS, callers: roles() };
  const callers = typicalCallers(createQueryPlanner(supergraphSdl, []).supergraph.schema);
  return { ...common, contracts: [], scalars: [], callers };
}

function roles(): Readonly<Record<string, Identity>> {
  const known = Object.entries(ROLES).map(([role, scopes]) => [
    role,
    { subject: role, clientId: role, scopes, stores: '*' },
  ]);
  return { ...(Object.fromEntries(known) as Record<string, Identity>), anonymous: ANONYMOUS };
}

function graphqlFilesOf(folder: string): readonly string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => /\.(graphql|gql)$/.test(name)).sort();
}

/** Written whole or not at all, because a gateway may be reading it. */
function write(file: string, manifest: DocumentManifest): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, `${JSON.stringify(manifest, undefined, 1)}\n`);
  renameSync(`${file}.new`, file);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
