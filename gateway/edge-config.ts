import { Type } from '@sinclair/typebox';
import type { Static } from '@sinclair/typebox';
import { Ajv } from 'ajv';
import type { SubgraphReach } from './clients/reach-subgraph.ts';
import { DEFAULT_SUBGRAPH_LIMITS } from './clients/subgraph-limits.ts';
import { readManifest } from './documents/document-manifest.ts';
import type { EdgePolicy } from './edge-policy.ts';
import { SUBSCRIPTION_LIMITS } from './subscriptions/subscription-limits.ts';
import type { SubscriptionLimits } from './subscriptions/subscription-limits.ts';
import { DEFAULT_UPSTREAM_LIMITS } from './subscriptions/upstream/upstream-limits.ts';
import type { PlannerLimits } from './planner/planner-limits.ts';
import { DEFAULT_GATEWAY_LIMITS } from './gateway-limits.ts';
import type { GatewayLimits } from './gateway-limits.ts';

const strict = { additionalProperties: false } as const;
const texts = Type.Array(Type.String({ minLength: 1 }));
const limit = Type.Number({ minimum: 1 });

const limitNames = Object.keys(DEFAULT_GATEWAY_LIMITS);
const limits = Type.Object(Object.fromEntries(limitNames.map((name) => [name, Type.Optional(limit)])), strict);

const reachLimitNames = Object.keys(DEFAULT_SUBGRAPH_LIMITS);
const upstreamLimitNames = Object.keys(DEFAULT_UPSTREAM_LIMITS);
const reach = Type.Object(
  {
    /** Names of the client's headers that the subgraph gets as well. */
    propagatedHeaders: Type.Optional(Type.Array(Type.String({ pattern: '^[a-z0-9-]+$' }))),
    /** Its entities are the same for everybody. */
    mergesEntityFetches: Type.Optional(Type.Boolean()),
    /** Where it is subscribed at; the scheme says how. */
    subscriptionsUrl: Type.Optional(Type.String({ pattern: '^(wss?|https?)://' })),
    /** Whether those who subscribe to what has begun share it, missing what the subgraph tells at the beginning. */
    lateSubscribers: Type.Optional(Type.Union([Type.Literal('apart'), Type.Literal('together')])),
    subscriptionLimits: Type.Optional(
      Type.Object(Object.fromEntries(upstreamLimitNames.map((name) => [name, Type.Optional(limit)])), strict),
    ),
    limits: Type.Optional(
      Type.Object(Object.fromEntries(reachLimitNames.map((name) => [name, Type.Optional(limit)])), strict),
    ),
  },
  strict,
);

const EDGE_CONFIG = Type.Object(
  {
    authentication: Type.Optional(
      Type.Object(
        {
          /** Whose tokens are accepted: all three or none. */
          issuer: Type.Optional(Type.String({ minLength: 1 })),
          audience: Type.Optional(Type.String({ minLength: 1 })),
          jwksUrl: Type.Optional(Type.String({ pattern: '^https?://' })),
          clockToleranceMs: Type.Optional(Type.Number({ minimum: 0, maximum: 300_000 })),
          /** Whether one may ask without a token. */
          anonymous: Type.Optional(Type.Boolean()),
          /** What one may do without a token. */
          anonymousScopes: Type.Optional(texts),
        },
        strict,
      ),
    ),
    access: Type.Optional(Type.Union([Type.Literal('filter'), Type.Literal('refuse')])),
    introspection: Type.Optional(Type.Boolean()),
    documents: Type.Optional(
      Type.Object(
        {
          manifest: Type.Optional(Type.String({ minLength: 1 })),
          onlyRegistered: Type.Optional(Type.Boolean()),
          automatic: Type.Optional(Type.Boolean()),
        },
        strict,
      ),
    ),
    contracts: Type.Optional(
      Type.Array(
        Type.Object(
          {
            name: Type.String({ minLength: 1 }),
            include: Type.Optional(texts),
            exclude: Type.Optional(texts),
            forScopes: Type.Optional(texts),
          },
          strict,
        ),
      ),
    ),
    cors: Type.Optional(
      Type.Object(
        {
          origins: Type.Union([Type.Literal('*'), texts]),
          credentials: Type.Optional(Type.Boolean()),
          allowedHeaders: Type.Optional(texts),
          maxAgeSeconds: Type.Optional(Type.Number({ minimum: 0 })),
        },
        strict,
      ),
    ),
    csrf: Type.Optional(Type.Union([Type.Literal('browsers'), Type.Literal('always'), Type.Literal('off')])),
    trustedProxies: Type.Optional(Type.Integer({ minimum: 0, maximum: 10 })),
    tls: Type.Optional(Type.Object({ certificateFile: Type.String(), privateKeyFile: Type.String() }, strict)),
    /** Limits of subscriptions and their connections, by their names. */
    subscriptionLimits: Type.Optional(
      Type.Object(
        Object.fromEntries(Object.keys(SUBSCRIPTION_LIMITS).map((name) => [name, Type.Optional(limit)])),
        strict,
      ),
    ),
    /** How subgraphs over HTTP are reached, by name. */
    subgraphs: Type.Optional(Type.Record(Type.String(), reach)),
    /** What answers that are the same for everybody may take in memory. */
    cacheBytesMax: Type.Optional(Type.Integer({ minimum: 0 })),
    usageScope: Type.Optional(Type.String({ minLength: 1 })),
    limits: Type.Optional(limits),
    /** Limits of some clients, by the `client_id` of their tokens. */
    clients: Type.Optional(
      Type.Record(
        Type.String(),
        Type.Object(
          {
            requestsPerWindowMax: Type.Optional(limit),
            subscriptionStartsPerWindowMax: Type.Optional(limit),
            costPerWindowMax: Type.Optional(limit),
          },
          strict,
        ),
      ),
    ),
  },
  strict,
);

type EdgeConfigFile = Static<typeof EDGE_CONFIG>;

/** Whose tokens are accepted, and whether one may ask without any. */
export type AuthenticationConfig = NonNullable<EdgeConfigFile['authentication']>;

/** The edge of a gateway as its configuration file has it. */
export interface EdgeConfig {
  readonly policy: EdgePolicy;
  readonly authentication?: AuthenticationConfig;
  /** What differs from SUBSCRIPTION_LIMITS. */
  readonly subscriptionLimits: Partial<SubscriptionLimits>;
  /** How subgraphs over HTTP are reached, by name. */
  readonly subgraphs: Readonly<Record<string, SubgraphReach>>;
  /** 0: nothing is kept. */
  readonly cacheBytesMax: number;
  /** What differs from DEFAULT_PLANNER_LIMITS. */
  readonly plannerLimits: Partial<PlannerLimits>;
}

export interface EdgeConfigSurroundings {
  /** Reads a file that the configuration names, relative to where it stands itself. */
  readonly readFile: (path: string) => string;
  /** In production the schema is not told, and of registered operations nothing else is run, unless the file says so. */
  readonly isProduction: boolean;
}

/** Every fault of the configuration at once. */
export class EdgeConfigFaults extends Error {
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(faults.join(' '));
    this.name = 'EdgeConfigFaults';
    this.faults = faults;
  }
}

const validate = new Ajv({ allErrors: true }).compile<EdgeConfigFile>(EDGE_CONFIG);

/** @throws {EdgeConfigFaults} naming every member that does not fit, and files that cannot be read */
export function readEdgeConfig(json: string, surroundings: EdgeConfigSurroundings): EdgeConfig {
  const file = parse(json);
  const {
    authentication,
    documents,
    tls,
    limits: given,
    clients,
    subscriptionLimits = {},
    subgraphs = {},
    cacheBytesMax = 0,
    ...rest
  } = file;
  const { readFile, isProduction } = surroundings;
  try {
    const manifest = documents?.manifest === undefined ? undefined : readManifest(readFile(documents.manifest));
    const trustedDocuments = {
      operations: manifest?.operations ?? [],
      onlyRegistered: documents?.onlyRegistered ?? (isProduction && manifest !== undefined),
      automatic: documents?.automatic ?? false,
    };
    return {
      ...(authentication && { authentication }),
      subscriptionLimits,
      subgraphs,
      cacheBytesMax,
      plannerLimits: given ?? {},
      policy: {
        introspection: !isProduction,
        ...rest,
        ...splitLimits(given ?? {}),
        ...(clients && { clientOverrides: clients }),
        ...(tls && { tls: { certificate: readFile(tls.certificateFile), privateKey: readFile(tls.privateKeyFile) } }),
        trustedDocuments,
        shippedPlans: manifest?.plans ?? [],
      },
    };
  } catch (error) {
    throw new EdgeConfigFaults([(error as Error).message]);
  }
}

function parse(json: string): EdgeConfigFile {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new EdgeConfigFaults([`It is no JSON: ${(error as Error).message}.`]);
  }
  if (validate(value)) return withWholeIssuer(value);
  const faults = (validate.errors ?? []).map(({ instancePath, message, params }) => {
    const extra = (params as { readonly additionalProperty?: string }).additionalProperty;
    return `${instancePath === '' ? 'It' : instancePath} ${message ?? 'does not fit'}${extra === undefined ? '' : ` (${extra})`}.`;
  });
  throw new EdgeConfigFaults(faults);
}

function withWholeIssuer(file: EdgeConfigFile): EdgeConfigFile {
  const { issuer, audience, jwksUrl } = file.authentication ?? {};
  const given = [issuer, audience, jwksUrl].filter((value) => value !== undefined).length;
  if (given === 0 || given === 3) return file;
  throw new EdgeConfigFaults(['/authentication issuer, audience and jwksUrl go together.']);
}

/** The gateway's parts each take their own. */
function splitLimits(given: Partial<GatewayLimits>): EdgePolicy {
  return { operationLimits: given, costLimits: given, clientLimits: given, httpLimits: given };
}
