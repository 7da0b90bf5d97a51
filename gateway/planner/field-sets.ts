import { Kind, parse } from 'graphql';
import type {
  DocumentNode,
  FieldDefinitionNode,
  FieldNode,
  OperationTypeNode,
  SelectionSetNode,
  TypeNode,
} from 'graphql';
import { joinsOf } from './join-directives.ts';

interface FieldsOwner {
  readonly fields: ReadonlyMap<string, FieldDefinitionNode>;
  /** By subgraph: what makes its keys of the type. */
  readonly keys: ReadonlyMap<string, readonly SelectionSetNode[]>;
}

interface Standing {
  readonly graph: string;
  /** What is provided of the object that the field is of. */
  readonly provided: readonly SelectionSetNode[];
}

export interface BelowField {
  /** False when the subgraph knows the field as external, and neither provides it there nor has it in a key. */
  readonly isResolved: boolean;
  /** The type that the field returns; the empty string when it is not known. */
  readonly type: string;
  readonly provided: readonly SelectionSetNode[];
}

/** What subgraphs resolve of objects depending on where those stand: keys, external and provided fields. */
export class FieldSets {
  readonly providesAny: boolean;
  readonly #owners = new Map<string, FieldsOwner>();
  readonly #roots = new Map<string, string>();
  readonly #parsed = new Map<string, SelectionSetNode>();

  constructor(supergraph: DocumentNode) {
    let providesAny = false;
    for (const definition of supergraph.definitions) {
      if (definition.kind === Kind.SCHEMA_DEFINITION) {
        for (const { operation, type } of definition.operationTypes) this.#roots.set(operation, type.name.value);
      }
      if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION)
        continue;
      const fields = new Map((definition.fields ?? []).map((field) => [field.name.value, field]));
      for (const field of fields.values()) {
        providesAny ||= joinsOf(field, 'join__field').some((join) => join.has('provides'));
      }
      const keys = new Map<string, SelectionSetNode[]>();
      for (const join of joinsOf(definition, 'join__type')) {
        const [graph, key] = [join.get('graph'), join.get('key')];
        if (typeof graph !== 'string' || typeof key !== 'string') continue;
        keys.set(graph, [...(keys.get(graph) ?? []), this.#parse(key)]);
      }
      this.#owners.set(definition.name.value, { fields, keys });
    }
    this.providesAny = providesAny;
  }

  rootOf(operation: OperationTypeNode): string {
    return this.#roots.get(operation) ?? '';
  }

  below(type: string, name: string, { graph, provided }: Standing): BelowField {
    const owner = this.#owners.get(type);
    const field = owner?.fields.get(name);
    if (!field) return { isResolved: true, type: '', provided: [] };
    const joins = joinsOf(field, 'join__field').filter((join) => join.get('graph') === graph);
    const known = [...provided, ...(owner?.keys.get(graph) ?? [])].flatMap((set) => fieldsIn(set, name));
    const own = joins.flatMap((join) => {
      const provides = join.get('provides');
      return typeof provides === 'string' ? [this.#parse(provides)] : [];
    });
    return {
      isResolved: known.length > 0 || joins.length === 0 || joins.some((join) => join.get('external') !== true),
      type: namedType(field.type),
      provided: [...known.flatMap(({ selectionSet }) => selectionSet ?? []), ...own],
    };
  }

  #parse(fieldSet: string): SelectionSetNode {
    const known = this.#parsed.get(fieldSet);
    if (known) return known;
    const [operation] = parse(`{${fieldSet}}`, { noLocation: true }).definitions;
    if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error(`no field set: ${fieldSet}`);
    this.#parsed.set(fieldSet, operation.selectionSet);
    return operation.selectionSet;
  }
}

/** The field as often as a field set has it, under whatever type. */
function fieldsIn({ selections }: SelectionSetNode, name: string): readonly FieldNode[] {
  return selections.flatMap((selection): readonly FieldNode[] => {
    if (selection.kind === Kind.FIELD) return selection.name.value === name ? [selection] : [];
    return selection.kind === Kind.INLINE_FRAGMENT ? fieldsIn(selection.selectionSet, name) : [];
  });
}

function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
}
