import type {
  BatchFetchNode,
  FetchNode,
  FetchRewrite,
  FlattenNodePathSegment,
  RequiresSelection,
} from '@graphql-hive/router-query-planner';
import { compileCall } from './call.ts';
import type { CallNode } from './call.ts';
import type { PlanContext } from './compile-plan.ts';
import { compileDataPath } from './data-path.ts';
import { isJsonObject, mergeData, refineTypename } from './merge-data.ts';
import type { JsonObject } from './merge-data.ts';
import type { PlanRun, Step } from './plan-run.ts';
import { compileRepresentation, representationKey } from './representations.ts';
import { responseKeysOf } from './response-keys.ts';
import { compileRewrites } from './rewrites.ts';
import type { SubgraphError, SubgraphResult } from './subgraph-client.ts';
import { fromFailure, unreachable } from './subgraph-error.ts';

/** A fetch of more fields of objects that the data already holds. */
export function compileEntityFetch(
  node: FetchNode,
  path: readonly FlattenNodePathSegment[],
  context: PlanContext,
): Step {
  const part: EntityPart = {
    alias: '_entities',
    representationsVariableName: 'representations',
    paths: [path],
    requires: node.requires ?? [],
    inputRewrites: node.inputRewrites,
    outputRewrites: node.outputRewrites,
  };
  return compileParts(node, [part], context);
}

/** Several entity fetches from one subgraph in one request. */
export function compileBatchFetch(node: BatchFetchNode, context: PlanContext): Step {
  return compileParts(node, node.entityBatch.aliases, context);
}

interface EntityPart {
  readonly alias: string;
  readonly representationsVariableName: string;
  readonly paths: readonly (readonly FlattenNodePathSegment[])[];
  readonly requires: readonly RequiresSelection[];
  readonly inputRewrites?: readonly FetchRewrite[] | undefined;
  readonly outputRewrites?: readonly FetchRewrite[] | undefined;
}

/** The objects of one part that are waiting for their entities. */
interface Waiting {
  readonly targets: readonly JsonObject[];
  /** For each target the index of its representation; equal representations are sent once. */
  readonly indexes: readonly number[];
  readonly representations: readonly JsonObject[];
}

interface CompiledPart {
  readonly alias: string;
  readonly variableName: string;
  collect(run: PlanRun): Waiting;
  /**
   * Merges the entities into the objects that wait for them.
   * @returns why none could be, or undefined
   */
  adopt(entities: unknown, waiting: Waiting): string | undefined;
  note(run: PlanRun, waiting: Waiting, error: SubgraphError): void;
  noteAll(run: PlanRun, waiting: Waiting, error: SubgraphError): void;
}

function compileParts(node: CallNode, parts: readonly EntityPart[], context: PlanContext): Step {
  const places = parts.map(({ alias, paths }) => ({ rootKey: alias, paths }));
  const call = compileCall(node, context, places);
  const compiled = parts.map((part) => compilePart(part, responseKeysOf(call.document, part.alias), context));
  return (run) => {
    const waiting = compiled.map((part) => part.collect(run));
    if (waiting.every(({ representations }) => representations.length === 0)) return undefined;
    const variables: Record<string, unknown> = {};
    compiled.forEach((part, index) => (variables[part.variableName] = waiting[index]?.representations));
    return call.send(run, variables, {
      adopt: (result) => adoptAll(run, result, { compiled, waiting, serviceName: node.serviceName }),
      fail: (error) => noteEverywhere(run, error, { compiled, waiting }),
    });
  };
}

interface Parts {
  readonly compiled: readonly CompiledPart[];
  readonly waiting: readonly Waiting[];
}

function adoptAll(
  run: PlanRun,
  { data, errors }: SubgraphResult,
  { compiled, waiting, serviceName }: Parts & { readonly serviceName: string },
): void {
  const hasErrors = errors !== undefined && errors.length > 0;
  compiled.forEach((part, index) => {
    const waits = waiting[index];
    if (!waits || waits.representations.length === 0) return;
    const fault = part.adopt(data?.[part.alias], waits);
    if (fault !== undefined && !hasErrors) {
      part.noteAll(run, waits, fromFailure(unreachable(serviceName, undefined, fault), serviceName));
    }
  });
  for (const { path, ...error } of errors ?? []) {
    const index = compiled.findIndex((part) => part.alias === path?.[0]);
    const [part, waits] = [compiled[index], waiting[index]];
    // The path that the subgraph tells is kept until the place is known.
    if (part && waits && path) part.note(run, waits, { ...error, path });
    else noteEverywhere(run, error, { compiled, waiting });
  }
}

function noteEverywhere(run: PlanRun, error: SubgraphError, { compiled, waiting }: Parts): void {
  compiled.forEach((part, index) => {
    const waits = waiting[index];
    if (waits) part.noteAll(run, waits, error);
  });
}

function compilePart(part: EntityPart, keys: ReadonlySet<string>, { supergraph }: PlanContext): CompiledPart {
  const paths = part.paths.map((path) => compileDataPath(path, supergraph));
  const represent = compileRepresentation(part.requires, supergraph, typenameSetBy(part.inputRewrites));
  const rewriteInput = compileRewrites(part.inputRewrites, supergraph);
  const rewriteOutput = compileRewrites(part.outputRewrites, supergraph);
  const noteAll = (run: PlanRun, { targets }: Waiting, error: SubgraphError): void => {
    for (const target of targets) run.notes.noteMissing(target, keys, error);
  };
  return {
    alias: part.alias,
    variableName: part.representationsVariableName,
    collect: (run) => {
      const found: JsonObject[] = [];
      for (const collect of paths) collect(run.data, found);
      return deduplicate(found, (object) => {
        const representation = represent(object);
        if (representation) rewriteInput?.(representation);
        return representation;
      });
    },
    adopt: (entities, { targets, indexes, representations }) => {
      if (!Array.isArray(entities)) return 'no list of entities';
      // Nobody can tell which one is missing.
      if (entities.length !== representations.length) return 'another number of entities than asked for';
      if (!entities.every((entity) => entity === null || isJsonObject(entity))) return 'entities that are no objects';
      rewriteOutput?.(entities);
      targets.forEach((target, position) => {
        const entity: unknown = entities[indexes[position] ?? -1];
        if (!isJsonObject(entity)) return;
        if ('__typename' in entity) refineTypename(target, entity, supergraph.isObjectTypeName);
        mergeData(target, entity);
      });
      return undefined;
    },
    note: (run, waiting, { path, ...error }) => {
      const [, index, ...rest] = path ?? [];
      if (typeof index !== 'number') return noteAll(run, waiting, error);
      if (!waiting.indexes.includes(index)) return run.notes.noteLoose(error);
      waiting.targets.forEach((target, position) => {
        if (waiting.indexes[position] !== index) return;
        // An entity that is null itself lacks every field; otherwise the path goes on inside it.
        if (rest.length === 0 || target[rest[0] ?? ''] === undefined) run.notes.noteMissing(target, keys, error);
        else run.notes.noteAt(target, rest, error);
      });
    },
    noteAll,
  };
}

/** The name that every representation is given before it is sent; undefined when each keeps its own. */
function typenameSetBy(rewrites: readonly FetchRewrite[] | undefined): string | undefined {
  for (const rewrite of rewrites ?? []) {
    if ('KeyRenamer' in rewrite) continue;
    const { path, setValueTo } = 'ValueSetter' in rewrite ? rewrite.ValueSetter : rewrite;
    const last = path.at(-1);
    if (last && 'Key' in last && last.Key === '__typename') return setValueTo;
  }
  return undefined;
}

function deduplicate(found: readonly JsonObject[], represent: (object: JsonObject) => JsonObject | undefined): Waiting {
  const targets: JsonObject[] = [];
  const indexes: number[] = [];
  const representations: JsonObject[] = [];
  const known = new Map<string, number>();
  for (const object of found) {
    const representation = represent(object);
    if (!representation) continue;
    const key = representationKey(representation);
    let index = known.get(key);
    if (index === undefined) {
      index = representations.push(representation) - 1;
      known.set(key, index);
    }
    targets.push(object);
    indexes.push(index);
  }
  return { targets, indexes, representations };
}
