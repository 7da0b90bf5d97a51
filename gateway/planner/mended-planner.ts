import { parse, print } from 'graphql';
import type { PlanNode } from '@graphql-hive/router-query-planner';
import { completeUnions } from './complete-unions.ts';
import type { NativeConstructor } from './load-native-planner.ts';
import { markRequiredFields } from './mark-required-fields.ts';
import type { Planner } from './open-planner.ts';
import { SplitPlanner } from './split-planner.ts';
import { createMemberStripper } from './strip-foreign-members.ts';
import { SupergraphAdditions } from './supergraph-additions.ts';

/**
 * The native planner of a supergraph, with what it gets wrong mended before and after: see the functions that this one
 * calls. A supergraph without any of it is given to the planner as it is written, and so are its plans.
 * @throws {Error} when the SDL is no supergraph
 */
export function createMendedPlanner(Native: NativeConstructor, supergraphSdl: string): Planner {
  const supergraph = parse(supergraphSdl, { noLocation: true });
  const additions = new SupergraphAdditions();
  markRequiredFields(supergraph, additions);
  const foreign = completeUnions(supergraph, additions);
  const mended = additions.applyTo(supergraph);
  const native = new Native(additions.isEmpty ? supergraphSdl : print(mended));
  const split = new SplitPlanner(Native, mended, native);
  const strip = foreign.size > 0 ? createMemberStripper(supergraph, foreign) : (plan: PlanNode) => plan;
  return {
    consumerSchema: native.consumerSchema,
    overridePercentages: native.overridePercentages,
    plan: (question) => {
      const plan = split.plan(question);
      return plan && strip(plan);
    },
  };
}
