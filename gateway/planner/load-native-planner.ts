import type { QueryPlanner as NativePlanner } from '@graphql-hive/router-query-planner';
import { createRequire } from 'node:module';

export type NativeConstructor = new (
  supergraphSdl: string,
) => Pick<NativePlanner, 'consumerSchema' | 'overridePercentages' | 'plan'>;

/** Undefined where the platform has no native planner: the package has binaries for some, and throws on all others. */
export function loadNativePlanner(): NativeConstructor | undefined {
  try {
    const loaded = createRequire(import.meta.url)('@graphql-hive/router-query-planner') as {
      readonly QueryPlanner: NativeConstructor;
    };
    return loaded.QueryPlanner;
  } catch {
    return undefined;
  }
}
