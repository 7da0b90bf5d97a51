import { isEnumType, isInterfaceType, isObjectType, isScalarType } from 'graphql';
import type { GraphQLNamedType, GraphQLSchema } from 'graphql';
import { readAccessRequirement } from '../../kernel/graphql/access-requirement.ts';
import type { DirectiveBearer } from '../../kernel/graphql/access-requirement.ts';
import type { Identity } from '../../kernel/model/identity.ts';
import { anonymousWith } from '../auth/authenticator.ts';

/** The callers of a graph of which no roles are known: one without a token, one without rights, one with all of them. */
export function typicalCallers(supergraph: GraphQLSchema): Readonly<Record<string, Identity>> {
  const types = Object.values(supergraph.getTypeMap());
  const requirements = types.flatMap(bearersOf).flatMap((bearer) => readAccessRequirement([bearer]) ?? []);
  const known: Identity = { subject: 'known', clientId: 'known', scopes: [], stores: [] };
  return {
    anonymous: anonymousWith([]),
    known,
    all: {
      ...known,
      scopes: [...new Set(requirements.flatMap(({ scopes }) => scopes.flat(2)))],
      policies: [...new Set(requirements.flatMap(({ policies }) => policies.flat(2)))],
    },
  };
}

function bearersOf(type: GraphQLNamedType): readonly DirectiveBearer[] {
  if (isScalarType(type) || isEnumType(type)) return [type.astNode];
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  return [type.astNode, ...Object.values(type.getFields()).map(({ astNode }) => astNode)];
}
