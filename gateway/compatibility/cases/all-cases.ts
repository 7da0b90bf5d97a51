import type { CompatibilityCase } from '../compatibility-case.ts';
import { aFieldWithoutAWayIsRefused } from './a-field-without-a-way-is-refused.ts';
import { abstractFieldsHopByType } from './abstract-fields-hop-by-type.ts';
import { childrenDifferInNullBySubgraph } from './children-differ-in-null-by-subgraph.ts';
import { conditionsHoldEverywhere } from './conditions-hold-everywhere.ts';
import { directivesOfOperationsAreAccepted } from './directives-of-operations-are-accepted.ts';
import { enumsDifferBySubgraph } from './enums-differ-by-subgraph.ts';
import { externalKeysAreKnown } from './external-keys-are-known.ts';
import { externalOfFederation1 } from './external-of-federation-1.ts';
import { fieldsNeedWhatTheirParentKnows } from './fields-need-what-their-parent-knows.ts';
import { fragmentsWhoseFieldsMoveOn } from './fragments-whose-fields-move-on.ts';
import { hopsBelowTheSameType } from './hops-below-the-same-type.ts';
import { inaccessibleIsHidden } from './inaccessible-is-hidden.ts';
import { inputsDifferBySubgraph } from './inputs-differ-by-subgraph.ts';
import { interfaceObjectsAddToAllTypes } from './interface-objects-add-to-all-types.ts';
import { interfaceObjectsInBetween } from './interface-objects-in-between.ts';
import { interfaceObjectsRequireFields } from './interface-objects-require-fields.ts';
import { interfaceObjectsWithoutTypes } from './interface-objects-without-types.ts';
import { interfacesDifferBySubgraph } from './interfaces-differ-by-subgraph.ts';
import { interfacesMayReferToThemselves } from './interfaces-may-refer-to-themselves.ts';
import { introspectionTellsThePublicSchema } from './introspection-tells-the-public-schema.ts';
import { keysJoinAnEntity } from './keys-join-an-entity.ts';
import { keysLeadFromOneToAnother } from './keys-lead-from-one-to-another.ts';
import { keysMayBeCompound } from './keys-may-be-compound.ts';
import { keysMayBeNull } from './keys-may-be-null.ts';
import { keysMayBeUnresolvable } from './keys-may-be-unresolvable.ts';
import { keysMayHoldLists } from './keys-may-hold-lists.ts';
import { keysOfManyKindsAtOnce } from './keys-of-many-kinds-at-once.ts';
import { listsKeepTheirForm } from './lists-keep-their-form.ts';
import { mutationsMayBeShared } from './mutations-may-be-shared.ts';
import { mutationsRunInOrder } from './mutations-run-in-order.ts';
import { nullsGoUpAsFarAsTheyMust } from './nulls-go-up-as-far-as-they-must.ts';
import { overrideBehindAnInterface } from './override-behind-an-interface.ts';
import { overrideMayBeProgressive } from './override-may-be-progressive.ts';
import { overrideMovesAField } from './override-moves-a-field.ts';
import { providesMayBeNested } from './provides-may-be-nested.ts';
import { providesOnAbstractTypes } from './provides-on-abstract-types.ts';
import { providesSavesAHop } from './provides-saves-a-hop.ts';
import { requiresBelowTheSameType } from './requires-below-the-same-type.ts';
import { requiresBringsFields } from './requires-brings-fields.ts';
import { requiresFromSeveralSubgraphs } from './requires-from-several-subgraphs.ts';
import { requiresInACircle } from './requires-in-a-circle.ts';
import { requiresOfRequires } from './requires-of-requires.ts';
import { requiresThroughAnInterface } from './requires-through-an-interface.ts';
import { requiresWhatFails } from './requires-what-fails.ts';
import { requiresWithArgumentsOfEntities } from './requires-with-arguments-of-entities.ts';
import { requiresWithArguments } from './requires-with-arguments.ts';
import { requiresWithFragments } from './requires-with-fragments.ts';
import { rootFieldsMayBeShared } from './root-fields-may-be-shared.ts';
import { sameKeyMeansAnotherThingByType } from './same-key-means-another-thing-by-type.ts';
import { scalarsPassThrough } from './scalars-pass-through.ts';
import { shareableFieldsSaveAHop } from './shareable-fields-save-a-hop.ts';
import { typenameStandsAnywhere } from './typename-stands-anywhere.ts';
import { unionsDifferBySubgraph } from './unions-differ-by-subgraph.ts';
import { unionsDifferWhereFieldsAreShared } from './unions-differ-where-fields-are-shared.ts';
import { valuesAreReachedThroughTheirParent } from './values-are-reached-through-their-parent.ts';
import { variablesReachEveryHop } from './variables-reach-every-hop.ts';

/** One per rule. */
export const ALL_CASES: readonly CompatibilityCase[] = [
  aFieldWithoutAWayIsRefused,
  abstractFieldsHopByType,
  childrenDifferInNullBySubgraph,
  conditionsHoldEverywhere,
  directivesOfOperationsAreAccepted,
  enumsDifferBySubgraph,
  externalKeysAreKnown,
  externalOfFederation1,
  fieldsNeedWhatTheirParentKnows,
  fragmentsWhoseFieldsMoveOn,
  hopsBelowTheSameType,
  inaccessibleIsHidden,
  inputsDifferBySubgraph,
  interfaceObjectsAddToAllTypes,
  interfaceObjectsInBetween,
  interfaceObjectsRequireFields,
  interfaceObjectsWithoutTypes,
  interfacesDifferBySubgraph,
  interfacesMayReferToThemselves,
  introspectionTellsThePublicSchema,
  keysJoinAnEntity,
  keysLeadFromOneToAnother,
  keysMayBeCompound,
  keysMayBeNull,
  keysMayBeUnresolvable,
  keysMayHoldLists,
  keysOfManyKindsAtOnce,
  listsKeepTheirForm,
  mutationsMayBeShared,
  mutationsRunInOrder,
  nullsGoUpAsFarAsTheyMust,
  overrideBehindAnInterface,
  overrideMayBeProgressive,
  overrideMovesAField,
  providesMayBeNested,
  providesOnAbstractTypes,
  providesSavesAHop,
  requiresBelowTheSameType,
  requiresBringsFields,
  requiresFromSeveralSubgraphs,
  requiresInACircle,
  requiresOfRequires,
  requiresThroughAnInterface,
  requiresWhatFails,
  requiresWithArgumentsOfEntities,
  requiresWithArguments,
  requiresWithFragments,
  rootFieldsMayBeShared,
  sameKeyMeansAnotherThingByType,
  scalarsPassThrough,
  shareableFieldsSaveAHop,
  typenameStandsAnywhere,
  unionsDifferBySubgraph,
  unionsDifferWhereFieldsAreShared,
  valuesAreReachedThroughTheirParent,
  variablesReachEveryHop,
];
