import type { Identity } from '../../kernel/model/identity.ts';
import { hasScope } from '../../kernel/model/identity.ts';

/**
 * What one audience sees of the supergraph, by `@tag`. A contract that includes tags shows the fields of objects and
 * interfaces that carry one of them, or whose type does, and whatever those need; one that excludes tags hides what
 * carries one of them, and whatever cannot do without it. Excluding wins.
 */
export interface Contract {
  readonly name: string;
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  /** Callers with any of these scopes see it; absent: every caller whom no earlier contract is for. */
  readonly forScopes?: readonly string[];
}

/** Finds the contracts of a caller. */
export interface ContractChoice {
  /**
   * The contracts that apply together; none: the whole public schema. What a caller sees is in every one of them.
   * Undefined when the token names a contract that does not exist, and nothing may be seen.
   */
  contractsFor(identity: Identity): readonly Contract[] | undefined;
}

/**
 * The first contract that is for a scope of the caller, and besides the one that its token names: a token may narrow
 * what its role sees, and never widen it.
 */
export function chooseContracts(contracts: readonly Contract[]): ContractChoice {
  const byName = new Map(contracts.map((contract) => [contract.name, contract]));
  return {
    contractsFor: (identity) => {
      const byScope = contracts.find(({ forScopes }) => forScopes?.some((scope) => hasScope(identity, scope)) ?? true);
      const first = byScope ? [byScope] : [];
      if (identity.contract === undefined || identity.contract === byScope?.name) return first;
      const named = byName.get(identity.contract);
      return named && [...first, named];
    },
  };
}
