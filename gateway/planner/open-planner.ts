import type { PlanNode } from '@graphql-hive/router-query-planner';
import { hash } from 'node:crypto';
import { Refusal } from '../../kernel/model/errors.ts';
import { loadNativePlanner } from './load-native-planner.ts';
import type { NativeConstructor } from './load-native-planner.ts';
import { createMendedPlanner } from './mended-planner.ts';

/** Plans of one supergraph that were made beforehand; plain JSON. */
export interface ShippedPlans {
  /** SHA-256 of the supergraph's SDL, in hexadecimal. */
  readonly supergraph: string;
  /** What the planner shows to clients. */
  readonly consumerSchema: string;
  readonly overridePercentages: readonly number[];
  /** By `planKeyOf`; null: nothing has to be fetched. */
  readonly plans: Readonly<Record<string, PlanNode | null>>;
}

export interface PlanQuestion {
  /** A document with one operation, which has passed validation. */
  readonly text: string;
  readonly operationName: string | undefined;
  readonly labels: ReadonlySet<string>;
  readonly percentage: number;
}

/** Makes plans, or knows them already. */
export interface Planner {
  readonly consumerSchema: string;
  readonly overridePercentages: readonly number[];
  plan(question: PlanQuestion): PlanNode | undefined;
}

export interface PlannerOptions {
  readonly shippedPlans?: readonly ShippedPlans[];
  /** Hears of every plan that is made. */
  readonly onPlan?: (key: string, plan: PlanNode | null) => void;
  /** Default: the native planner, where the platform has one. */
  readonly loadNative?: () => NativeConstructor | undefined;
}

/**
 * The planner of a supergraph. Plans that were shipped are used as they are; where the platform has no native planner they
 * are all that there is.
 * @throws {Error} when the SDL is no supergraph, or there is neither a planner nor a shipped plan for it
 */
export function openPlanner(supergraphSdl: string, options: PlannerOptions = {}): Planner {
  const { shippedPlans = [], onPlan, loadNative = loadNativePlanner } = options;
  const digest = sha256(supergraphSdl);
  const shipped = shippedPlans.find(({ supergraph }) => supergraph === digest);
  const Native = loadNative();
  if (!Native && !shipped) {
    throw new Error('This platform has no query planner, and no plans were shipped for this supergraph.');
  }
  const native = Native && createMendedPlanner(Native, supergraphSdl);
  return {
    consumerSchema: native?.consumerSchema ?? shipped?.consumerSchema ?? '',
    overridePercentages: native?.overridePercentages ?? shipped?.overridePercentages ?? [],
    plan: (question) => {
      const key = planKeyOf(question);
      const known = shipped?.plans[key];
      if (known !== undefined) return known ?? undefined;
      if (!native) throw new Refusal('DOCUMENT_NOT_TRUSTED', 'No plan was shipped for this operation.');
      const node = native.plan(question);
      onPlan?.(key, node ?? null);
      return node;
    },
  };
}

/** The same for questions with the same answer. */
export function planKeyOf({ text, operationName, labels, percentage }: PlanQuestion): string {
  return sha256(JSON.stringify([text, operationName ?? null, [...labels].sort(), percentage]));
}

export function sha256(text: string): string {
  return hash('sha256', text, 'hex');
}
