import { Kind } from 'graphql';
import type { ConstDirectiveNode, DefinitionNode, DocumentNode } from 'graphql';
import { joinDirective } from './join-directives.ts';

interface Directed {
  readonly directives?: readonly ConstDirectiveNode[];
}

/** Directives that are to be added to a supergraph, by the type, field or enum value that gets them. */
export class SupergraphAdditions {
  readonly #byPlace = new Map<string, Set<string>>();

  get isEmpty(): boolean {
    return this.#byPlace.size === 0;
  }

  /**
   * @param place `Type`, or `Type.member` for a field or an enum value
   * @param text such as `@join__type(graph: A)`; the same is added once
   */
  add(place: string, text: string): void {
    this.#byPlace.set(place, (this.#byPlace.get(place) ?? new Set()).add(text));
  }

  has(place: string, text: string): boolean {
    return this.#byPlace.get(place)?.has(text) === true;
  }

  applyTo(supergraph: DocumentNode): DocumentNode {
    if (this.isEmpty) return supergraph;
    return { ...supergraph, definitions: supergraph.definitions.map((definition) => this.#extended(definition)) };
  }

  #extended(definition: DefinitionNode): DefinitionNode {
    switch (definition.kind) {
      case Kind.OBJECT_TYPE_DEFINITION:
      case Kind.INTERFACE_TYPE_DEFINITION: {
        const { value } = definition.name;
        const fields = (definition.fields ?? []).map((field) => this.#with(field, `${value}.${field.name.value}`));
        return { ...this.#with(definition, value), fields };
      }
      case Kind.ENUM_TYPE_DEFINITION: {
        const { value } = definition.name;
        const values = (definition.values ?? []).map((one) => this.#with(one, `${value}.${one.name.value}`));
        return { ...this.#with(definition, value), values };
      }
      case Kind.UNION_TYPE_DEFINITION:
      case Kind.SCALAR_TYPE_DEFINITION:
      case Kind.INPUT_OBJECT_TYPE_DEFINITION:
        return this.#with(definition, definition.name.value);
      default:
        return definition;
    }
  }

  #with<Node extends Directed>(node: Node, place: string): Node {
    const added = [...(this.#byPlace.get(place) ?? [])].map((text) => joinDirective(text));
    return added.length > 0 ? { ...node, directives: [...(node.directives ?? []), ...added] } : node;
  }
}
