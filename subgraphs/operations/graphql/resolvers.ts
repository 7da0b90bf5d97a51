import { readPage, toConnection, type PageBounds } from '../../../kernel/graphql/connection.ts';
import { channelId, locationId, skuId } from '../../../kernel/model/codes.ts';
import { actOnException, agreeToExceptionAction, waiveException } from '../app/act-on-exception.ts';
import { listAudit } from '../app/audit-trail.ts';
import { assignException, settleException } from '../app/handle-exception.ts';
import { possibleActions } from '../domain/exception-action.ts';
import { listExceptions } from '../app/list-exceptions.ts';
import type { OperationsParts } from '../app/operations-parts.ts';
import {
  MappingPayloadType,
  MappingSetType,
  MappingVersionType,
  mappingMutations,
  mappingQueries,
} from './mapping-resolvers.ts';
import {
  EventConsumerType,
  OutboundQueueType,
  outboundMutations,
  outboundQueries,
  QueuedCommandType,
} from './outbound-resolvers.ts';
import { QuarantinedMessageType, messageMutations, messageQueries } from './message-resolvers.ts';
import {
  OrchestrationDecisionType,
  OrchestrationType,
  ownershipMutations,
  ownershipQueries,
  OwnershipRuleType,
} from './ownership-resolvers.ts';
import {
  BalanceSourceType,
  ReconciledLocationType,
  ReconciliationDifferenceType,
  ReconciliationRunType,
  reconciliationMutations,
  reconciliationQueries,
  VarianceValueType,
} from './reconciliation-resolvers.ts';
import {
  RegisterPostingType,
  SalesBatchType,
  SalesPostingType,
  salesMutations,
  salesQueries,
} from './sales-resolvers.ts';
import type { ExceptionState } from '../domain/exception-state.ts';
import type {
  AuditEntryResolvers,
  ExceptionActionResolvers,
  ExceptionFilterInput,
  ExceptionImpactResolvers,
  ExceptionLineageResolvers,
  ExceptionResolvers,
  MutationResolvers,
  QueryResolvers,
  Resolvers,
} from './resolvers.generated.ts';

const AUDIT_PAGE: PageBounds = { list: 'auditTrail', firstDefault: 20, firstMax: 100 };
const PAGE: PageBounds = { list: 'exceptions', firstDefault: 20, firstMax: 100 };

const Query: QueryResolvers = {
  ...mappingQueries,
  ...outboundQueries,
  ...salesQueries,
  ...reconciliationQueries,
  ...messageQueries,
  ...ownershipQueries,
  exception: async (_source, { id, atLeast }, { parts, exceptions }) => {
    await reach(parts, atLeast);
    return (await exceptions.load(id)) ?? null;
  },
  exceptions: async (_source, { first, after, filter, atLeast }, { parts }) => {
    await reach(parts, atLeast);
    const page = readPage({ first, ...(after !== undefined && { after }) }, PAGE);
    const rows = await listExceptions(parts, {
      limit: page.limit,
      after: page.after && { openedAtMs: Number(page.after[0]), id: String(page.after[1]) },
      ...conditionsOf(filter),
    });
    return toConnection(rows, page, { list: PAGE.list, keysetOf: ({ openedAtMs, id }) => [openedAtMs, id] });
  },
  auditTrail: async (_source, { first, after, exception, actor }, { parts }) => {
    const page = readPage({ first, ...(after !== undefined && { after }) }, AUDIT_PAGE);
    const rows = await listAudit(parts, {
      limit: page.limit,
      after: page.after && { atMs: Number(page.after[0]), id: String(page.after[1]) },
      exception: exception ?? undefined,
      by: actor ?? undefined,
    });
    return toConnection(rows, page, { list: AUDIT_PAGE.list, keysetOf: ({ atMs, id }) => [atMs, id] });
  },
};

const Mutation: MutationResolvers = {
  ...mappingMutations,
  ...outboundMutations,
  ...salesMutations,
  ...reconciliationMutations,
  ...messageMutations,
  ...ownershipMutations,
  assignException: (_source, { input }, { parts, identity }) =>
    assignException(parts, identity, { id: input.exception, assignee: input.assignee ?? undefined }),
  resolveException: (_source, { input }, { parts, identity }) =>
    settleException(parts, identity, { id: input.exception, status: 'RESOLVED', reason: input.reason }),
  waiveException: async (_source, { input }, { parts, exceptions, ...caller }) => {
    const { exception, reason: because } = input;
    const key = `waive/${(await exceptions.load(exception))?.told.eventId ?? ''}`;
    return waiveException(parts, caller, { exception, key, because });
  },
  actOnException: (_source, { input }, { parts, ...caller }) => {
    const { exception, action: kind, reason: because, idempotencyKey: key } = input;
    const { canonical, fromAt, quantity } = input;
    const detail = {
      ...(typeof canonical === 'string' && { canonical }),
      ...(typeof fromAt === 'string' && { fromAtMs: Date.parse(fromAt) }),
      ...(typeof quantity === 'string' && { quantity }),
    };
    return actOnException(parts, caller, { exception, kind, detail, key, because });
  },
  decideExceptionAction: (_source, { input }, { parts, ...caller }) => {
    const { exception, idempotencyKey: key, isApproved, reason: because } = input;
    return agreeToExceptionAction(parts, caller, { exception, key, isApproved, because });
  },
};

const Exception: ExceptionResolvers = {
  __resolveReference: async ({ id }, { exceptions }) => (await exceptions.load(id)) ?? null,
  impact: (state) => state,
  lineage: (state) => state,
  openedAt: ({ openedAtMs }) => instantOf(openedAtMs),
  changedAt: ({ changedAtMs }) => instantOf(changedAtMs),
  closedAt: ({ closing }) => (closing ? instantOf(closing.atMs) : null),
  closedBy: ({ closing }) => closing?.by ?? null,
  closedBecause: ({ closing }) => closing?.because ?? null,
  valueAtRisk: (state) => state.valueAtRisk ?? null,
  valueBasis: ({ valueAtRisk, valueBasis = 'PRICE' }) => (valueAtRisk ? valueBasis : null),
  escalations: (state) => state.escalations ?? 0,
  possibleActions: (state) => [...possibleActions(state)],
  actions: (state) => [...(state.actions ?? [])].reverse(),
};

const ExceptionActionType: ExceptionActionResolvers = {
  idempotencyKey: ({ id }) => id,
  action: ({ kind }) => kind,
  askedAt: ({ asked }) => instantOf(asked.atMs),
  askedBy: ({ asked }) => asked.by,
  reason: ({ asked }) => asked.because,
  agreedBy: ({ agreed }) => agreed?.by ?? null,
};

const AuditEntryType: AuditEntryResolvers = {
  idempotencyKey: ({ action }) => action,
  action: ({ kind }) => kind,
  exception: async ({ exception }, _arguments, { exceptions }) =>
    exception === null ? null : ((await exceptions.load(exception)) ?? null),
  actor: ({ by }) => by,
  reason: ({ because }) => because,
  recordedAt: ({ atMs }) => instantOf(atMs),
};

const ExceptionImpact: ExceptionImpactResolvers = {
  skus: ({ sku }) => referencesTo(sku),
  locations: ({ location }) => referencesTo(location),
  channels: ({ channel }) => referencesTo(channel),
  orders: ({ orders }) => orders.map((id) => ({ id })),
};

const ExceptionLineage: ExceptionLineageResolvers = {
  eventId: ({ evidence }: ExceptionState) => evidence,
};

export const resolvers: Pick<
  Resolvers,
  | 'Query'
  | 'Mutation'
  | 'Exception'
  | 'ExceptionImpact'
  | 'ExceptionLineage'
  | 'OwnershipRule'
  | 'Orchestration'
  | 'OrchestrationDecision'
  | 'MappingSet'
  | 'MappingVersion'
  | 'MappingPayload'
  | 'ExceptionAction'
  | 'AuditEntry'
  | 'EventConsumer'
  | 'OutboundQueue'
  | 'QueuedCommand'
  | 'SalesPosting'
  | 'RegisterPosting'
  | 'SalesBatch'
  | 'BalanceSource'
  | 'ReconciledLocation'
  | 'ReconciliationDifference'
  | 'ReconciliationRun'
  | 'VarianceValue'
  | 'QuarantinedMessage'
> = {
  Query,
  Mutation,
  Exception,
  ExceptionImpact,
  ExceptionLineage,
  OwnershipRule: OwnershipRuleType,
  Orchestration: OrchestrationType,
  OrchestrationDecision: OrchestrationDecisionType,
  MappingSet: MappingSetType,
  MappingVersion: MappingVersionType,
  MappingPayload: MappingPayloadType,
  ExceptionAction: ExceptionActionType,
  AuditEntry: AuditEntryType,
  EventConsumer: EventConsumerType,
  OutboundQueue: OutboundQueueType,
  QueuedCommand: QueuedCommandType,
  SalesPosting: SalesPostingType,
  RegisterPosting: RegisterPostingType,
  SalesBatch: SalesBatchType,
  BalanceSource: BalanceSourceType,
  ReconciledLocation: ReconciledLocationType,
  ReconciliationDifference: ReconciliationDifferenceType,
  ReconciliationRun: ReconciliationRunType,
  VarianceValue: VarianceValueType,
  QuarantinedMessage: QuarantinedMessageType,
};

async function reach({ log, limits }: OperationsParts, atLeast: string | null | undefined): Promise<void> {
  if (atLeast !== undefined && atLeast !== null) await log.waitFor(atLeast, limits.atLeastWaitMs);
}

function conditionsOf(filter: ExceptionFilterInput | null | undefined) {
  const { statuses, classes, severity, sku, location, channel, source } = filter ?? {};
  return {
    statuses: statuses ?? undefined,
    classes: classes ?? undefined,
    severity: severity ?? undefined,
    sku: mapped(sku, skuId),
    location: mapped(location, locationId),
    channel: mapped(channel, channelId),
    source: source ?? undefined,
  };
}

function mapped(code: string | null | undefined, read: (code: string) => string): string | undefined {
  return code === undefined || code === null ? undefined : read(code);
}

const instantOf = (ms: number): string => new Date(ms).toISOString();
const referencesTo = (id: string | null) => (id === null ? [] : [{ id }]);
