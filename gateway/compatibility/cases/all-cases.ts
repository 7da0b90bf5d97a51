import type { CompatibilityCase } from '../compatibility-case.ts';
import { keysJoinAnEntity } from './keys-join-an-entity.ts';
import { keysLeadFromOneToAnother } from './keys-lead-from-one-to-another.ts';
import { keysMayBeCompound } from './keys-may-be-compound.ts';
import { keysMayBeNull } from './keys-may-be-null.ts';
import { keysMayBeUnresolvable } from './keys-may-be-unresolvable.ts';
import { keysMayHoldLists } from './keys-may-hold-lists.ts';
import { keysOfManyKindsAtOnce } from './keys-of-many-kinds-at-once.ts';
import { requiresBringsFields } from './requires-brings-fields.ts';
import { requiresFromSeveralSubgraphs } from './requires-from-several-subgraphs.ts';
import { requiresInACircle } from './requires-in-a-circle.ts';
import { requiresOfRequires } from './requires-of-requires.ts';
import { requiresThroughAnInterface } from './requires-through-an-interface.ts';
import { requiresWhatFails } from './requires-what-fails.ts';
import { requiresWithArguments } from './requires-with-arguments.ts';
import { requiresWithFragments } from './requires-with-fragments.ts';
import { rootFieldsMayBeShared } from './root-fields-may-be-shared.ts';
import { shareableFieldsSaveAHop } from './shareable-fields-save-a-hop.ts';
import { valuesAreReachedThroughTheirParent } from './values-are-reached-through-their-parent.ts';

/** One per rule. */
export const ALL_CASES: readonly CompatibilityCase[] = [
  keysJoinAnEntity,
  keysLeadFromOneToAnother,
  keysMayBeCompound,
  keysMayBeNull,
  keysMayBeUnresolvable,
  keysMayHoldLists,
  keysOfManyKindsAtOnce,
  requiresBringsFields,
  requiresFromSeveralSubgraphs,
  requiresInACircle,
  requiresOfRequires,
  requiresThroughAnInterface,
  requiresWhatFails,
  requiresWithArguments,
  requiresWithFragments,
  rootFieldsMayBeShared,
  shareableFieldsSaveAHop,
  valuesAreReachedThroughTheirParent,
];
