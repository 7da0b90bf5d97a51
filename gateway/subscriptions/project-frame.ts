import { getNamedType, isListType, isNonNullType, isObjectType, Kind, parse } from 'graphql';
import type { FieldNode, GraphQLObjectType, GraphQLOutputType, GraphQLSchema, SelectionSetNode } from 'graphql';
import { formatChangeCursor } from '../../kernel/model/change-cursor.ts';
import { Defect } from '../../kernel/model/errors.ts';
import type { ChangeRecord } from '../../kernel/ports/change-feed.ts';
import type { Frame } from './frame.ts';
import type { Topic } from './topic.ts';

type JsonObject = Record<string, unknown>;
type Read = (source: Readonly<JsonObject>) => unknown;
type Projection = (source: Readonly<JsonObject>) => JsonObject;

/** A frame as the planner's primary fetch asks for it. */
export type ProjectFrame = (frame: Frame) => JsonObject;

export interface ProjectFrameOptions {
  /** The supergraph's schema, what is hidden from clients included. */
  readonly schema: GraphQLSchema;
  /** The key field of each entity that a record may refer to. */
  readonly entityKeys: ReadonlyMap<string, string>;
  readonly topic: Topic;
}

/** Compiles the operation of a subscription's primary fetch. */
export function compileFrameProjection(operation: string, options: ProjectFrameOptions): ProjectFrame {
  const [definition] = parse(operation, { noLocation: true }).definitions;
  const root = options.schema.getSubscriptionType();
  if (definition?.kind !== Kind.OPERATION_DEFINITION || !root) throw new Defect('A primary fetch is no operation.');
  const { field, context } = options.topic;
  const frameType = getNamedType(root.getFields()[field]?.type);
  const changes = isObjectType(frameType) ? getNamedType(frameType.getFields()['changes']?.type) : undefined;
  if (!isObjectType(changes)) throw new Defect(`${field} answers no frames.`);
  const project = compileObject(definition.selectionSet, root, { ...options, changeType: changes });
  return ({ position, reset, changes }) =>
    project({ [field]: { cursor: formatChangeCursor({ context, ...position }), reset, changes } });
}

interface CompileOptions extends ProjectFrameOptions {
  /** Its objects are records. */
  readonly changeType: GraphQLObjectType;
}

function compileObject(selectionSet: SelectionSetNode, type: GraphQLObjectType, options: CompileOptions): Projection {
  const fields = fieldsOf(selectionSet, type).map((node): readonly [string, Read] => [
    node.alias?.value ?? node.name.value,
    compileField(node, type, options),
  ]);
  return (source) => {
    const projected: JsonObject = {};
    for (const [key, read] of fields) projected[key] = read(source);
    return projected;
  };
}

/** A record's types are concrete, so a fragment applies or it does not. */
function fieldsOf(selectionSet: SelectionSetNode, type: GraphQLObjectType): readonly FieldNode[] {
  return selectionSet.selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection];
    if (selection.kind === Kind.FRAGMENT_SPREAD) throw new Defect('A primary fetch spreads a fragment.');
    const condition = selection.typeCondition?.name.value;
    return condition === undefined || condition === type.name ? fieldsOf(selection.selectionSet, type) : [];
  });
}

function compileField(node: FieldNode, parent: GraphQLObjectType, options: CompileOptions): Read {
  const name = node.name.value;
  if (name === '__typename') return () => parent.name;
  const definition = parent.getFields()[name];
  if (!definition) throw new Defect(`A primary fetch selects ${parent.name}.${name}, which the supergraph has not.`);
  const convert = compileValue(definition.type, node, options);
  if (parent !== options.changeType) return (source) => convert(source[name]);
  const read = readOfChange(name);
  return (source) => convert(read(source as unknown as ChangeRecord));
}

function readOfChange(name: string): (record: ChangeRecord) => unknown {
  switch (name) {
    case 'key':
      return ({ key }) => key;
    case 'version':
      return ({ version }) => version;
    case 'deleted':
      return ({ deleted = false }) => deleted;
    default:
      return ({ value }) => value[name];
  }
}

function compileValue(type: GraphQLOutputType, node: FieldNode, options: CompileOptions): (value: unknown) => unknown {
  if (isNonNullType(type)) return compileValue(type.ofType, node, options);
  if (isListType(type)) {
    const convert = compileValue(type.ofType, node, options);
    return (value) => (Array.isArray(value) ? value.map(convert) : null);
  }
  const named = getNamedType(type);
  if (!isObjectType(named) || !node.selectionSet) return (value) => value ?? null;
  const project = compileObject(node.selectionSet, named, options);
  const key = options.entityKeys.get(named.name);
  if (key === undefined) return (value) => (isObject(value) ? project(value) : null);
  // A record names an entity by its key alone.
  return (value) => (value === undefined || value === null ? null : project({ [key]: value }));
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
