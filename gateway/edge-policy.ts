import type { AccessMode } from './auth/access-rules.ts';
import type { Contract } from './contracts/contract.ts';
import type { ClientLimits, ClientOverrides } from './limits/client-limits.ts';
import type { CostLimits } from './limits/cost-limits.ts';
import type { DocumentRegisterOptions } from './documents/document-register.ts';
import type { PlannerOptions, ShippedPlans } from './planner/open-planner.ts';
import type { OperationLimits } from './planner/operation-limits.ts';
import type { CorsOptions } from './transport/cors.ts';
import type { TlsOptions } from './transport/create-listener.ts';
import type { CsrfMode } from './transport/csrf.ts';
import type { HttpLimits } from './transport/http-server.ts';

/** Whom the gateway lets in, to what, and to how much of it. */
export interface EdgePolicy {
  /** What becomes of an operation with fields that the caller may not read. Default: `filter`. */
  readonly access?: AccessMode;
  /** What which callers see of the public schema, subscriptions included. Default: everybody sees all of it. */
  readonly contracts?: readonly Contract[];
  /** Whether the schema is told to those who ask for it, and GraphiQL served. Default: true. */
  readonly introspection?: boolean;
  /** Which documents are known by hash, and which may be run. Default: none, and any. */
  readonly trustedDocuments?: DocumentRegisterOptions;
  /** Plans that were made beforehand. Default: none. */
  readonly shippedPlans?: readonly ShippedPlans[];
  /** Default: the native planner, where the platform has one. */
  readonly loadNative?: NonNullable<PlannerOptions['loadNative']>;
  /** What a token needs to read who uses what at `/usage`. Default: `operations:read`. */
  readonly usageScope?: string;
  /** What differs from `DEFAULT_OPERATION_LIMITS`. */
  readonly operationLimits?: Partial<OperationLimits>;
  /** What differs from `DEFAULT_COST_LIMITS`. */
  readonly costLimits?: Partial<CostLimits>;
  /** What differs from `DEFAULT_CLIENT_LIMITS`. */
  readonly clientLimits?: Partial<ClientLimits>;
  /** What differs from them for some clients. */
  readonly clientOverrides?: ClientOverrides;
  /** What differs from `DEFAULT_HTTP_LIMITS`. */
  readonly httpLimits?: Partial<HttpLimits>;
  /** Which pages of other origins may ask. Default: none. */
  readonly cors?: CorsOptions;
  /** Default: `browsers`. */
  readonly csrf?: CsrfMode;
  /** Proxies in front whose `x-forwarded-for` is believed. Default: 0. */
  readonly trustedProxies?: number;
  /** Speaks TLS and HTTP/2. Default: HTTP/1.1 in the clear. */
  readonly tls?: TlsOptions;
}
