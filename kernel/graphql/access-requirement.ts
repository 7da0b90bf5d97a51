import { valueFromASTUntyped } from 'graphql';
import type { ConstDirectiveNode } from 'graphql';
import { Refusal } from '../model/errors.ts';
import { hasScope, isAuthenticated, meetsPolicy } from '../model/identity.ts';
import type { Identity } from '../model/identity.ts';

/**
 * What `@authenticated`, `@requiresScopes` and `@policy` ask of the caller. All requirements of one place must hold
 * together.
 */
export interface AccessRequirement {
  readonly authenticated: boolean;
  /** One entry per directive; each is an OR of ANDs, and every entry must hold. */
  readonly scopes: readonly (readonly (readonly string[])[])[];
  /** As `scopes`, of policies. */
  readonly policies: readonly (readonly (readonly string[])[])[];
}

/** Where the directives of a type or a field stand; `undefined` entries are ignored. */
export type DirectiveBearer = { readonly directives?: readonly ConstDirectiveNode[] | undefined } | null | undefined;

/**
 * The requirement that the given nodes state together, or undefined when they state none. Directives are known by
 * their imported name or by the name that `@link` gives them without an import.
 */
export function readAccessRequirement(bearers: readonly DirectiveBearer[]): AccessRequirement | undefined {
  let authenticated = false;
  const scopes: string[][][] = [];
  const policies: string[][][] = [];
  for (const directive of bearers.flatMap((bearer) => bearer?.directives ?? [])) {
    const name = directive.name.value.replace(/^federation__/, '');
    if (name === 'authenticated') authenticated = true;
    if (name === 'requiresScopes') scopes.push(listsOf(directive, 'scopes'));
    if (name === 'policy') policies.push(listsOf(directive, 'policies'));
  }
  return authenticated || scopes.length > 0 || policies.length > 0 ? { authenticated, scopes, policies } : undefined;
}

/** Both requirements at once. */
export function joinRequirements(
  requirements: readonly (AccessRequirement | undefined)[],
): AccessRequirement | undefined {
  const stated = requirements.filter((requirement) => requirement !== undefined);
  if (stated.length === 0) return undefined;
  return {
    authenticated: stated.some((requirement) => requirement.authenticated),
    scopes: stated.flatMap((requirement) => requirement.scopes),
    policies: stated.flatMap((requirement) => requirement.policies),
  };
}

/**
 * Why `identity` may not go on, or undefined when it may. A caller without a token is told to bring one; a caller with
 * a token is told which scopes would do.
 */
export function findAccessRefusal(
  identity: Identity,
  requirement: AccessRequirement,
  place: string,
): Refusal | undefined {
  const missing = requirement.scopes.find((anyOf) => !anyOf.some((allOf) => allOf.every((s) => hasScope(identity, s))));
  const unmet = requirement.policies.find(
    (anyOf) => !anyOf.some((allOf) => allOf.every((policy) => meetsPolicy(identity, policy))),
  );
  const mayGoOn = missing === undefined && unmet === undefined;
  if (mayGoOn && (!requirement.authenticated || isAuthenticated(identity))) return undefined;
  if (!isAuthenticated(identity)) {
    return new Refusal('UNAUTHENTICATED', `${place} needs a token.`, { field: place });
  }
  if (missing === undefined) {
    return new Refusal('FORBIDDEN', `${place} needs a policy that does not hold for the caller.`, {
      field: place,
      requiredPolicies: unmet ?? [],
    });
  }
  return new Refusal('FORBIDDEN', `${place} needs a scope that the token does not carry.`, {
    field: place,
    requiredScopes: missing,
  });
}

function listsOf(directive: ConstDirectiveNode, name: string): string[][] {
  const argument = directive.arguments?.find((candidate) => candidate.name.value === name);
  return argument ? (valueFromASTUntyped(argument.value) as string[][]) : [];
}
