import { loadNativePlanner, type NativeConstructor } from '../load-native-planner.ts';

type Native = InstanceType<NativeConstructor>;

const planners = new Map<string, Native>();

/**
 * For `PlannerOptions.loadNative` of tests that open a gateway each. A planner knows its supergraph and nothing else, so
 * all gateways of a supergraph may have the same one, and only the first of them waits for it.
 */
export function sharePlanners(): NativeConstructor | undefined {
  const Native = loadNativePlanner();
  if (!Native) return undefined;
  return new Proxy(Native, {
    construct: (_, [supergraphSdl]: [string]) => {
      const planner = planners.get(supergraphSdl) ?? new Native(supergraphSdl);
      planners.set(supergraphSdl, planner);
      return planner;
    },
  });
}
