import { DEFAULT_CLIENT_LIMITS } from './limits/client-limits.ts';
import type { ClientLimits } from './limits/client-limits.ts';
import { DEFAULT_COST_LIMITS } from './limits/cost-limits.ts';
import type { CostLimits } from './limits/cost-limits.ts';
import { DEFAULT_OPERATION_LIMITS } from './planner/operation-limits.ts';
import type { OperationLimits } from './planner/operation-limits.ts';
import { DEFAULT_PLANNER_LIMITS } from './planner/planner-limits.ts';
import type { PlannerLimits } from './planner/planner-limits.ts';
import { DEFAULT_HTTP_LIMITS } from './transport/http-server.ts';
import type { HttpLimits } from './transport/http-server.ts';

/** Every limit of the gateway's edge by its name, which refusals tell. */
export interface GatewayLimits extends OperationLimits, CostLimits, ClientLimits, HttpLimits, PlannerLimits {}

export const DEFAULT_GATEWAY_LIMITS: GatewayLimits = {
  ...DEFAULT_OPERATION_LIMITS,
  ...DEFAULT_COST_LIMITS,
  ...DEFAULT_CLIENT_LIMITS,
  ...DEFAULT_HTTP_LIMITS,
  ...DEFAULT_PLANNER_LIMITS,
};
