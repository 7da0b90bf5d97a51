import { OperationTypeNode } from 'graphql';
import type { DocumentNode, OperationDefinitionNode } from 'graphql';
import type { ErrorFormatter } from '../../kernel/graphql/format-error.ts';
import { LruMap } from '../../kernel/graphql/lru-map.ts';
import type { Identity } from '../../kernel/model/identity.ts';
import { AccessRules, findRefusals } from '../auth/access-rules.ts';
import type { AccessMode, GuardedField } from '../auth/access-rules.ts';
import { rightsOf } from '../auth/rights.ts';
import type { Rights } from '../auth/rights.ts';
import { checkOperationSize } from '../planner/measure-operation.ts';
import type { Fragments } from '../planner/measure-operation.ts';
import type { OperationLimits } from '../planner/operation-limits.ts';
import type { QueryPlanner } from '../planner/query-planner.ts';
import { chooseOperation, fragmentsOf, readDocument } from '../planner/read-document.ts';
import { conditionVariablesOf } from '../planner/resolve-selections.ts';
import { chooseSourceKeys } from '../planner/source-keys.ts';
import type { SourceKeys } from '../planner/source-keys.ts';
import type { PlanContext } from './compile-plan.ts';
import { PreparedOperation } from './prepared-operation.ts';

/** Callers with the same rights share a plan; a document has as many plans as kinds of callers use it. */
const RIGHTS_PER_OPERATION_MAX = 16;

export interface OperationStoreOptions extends Pick<PlanContext, 'clients' | 'report' | 'forwardedExtensions'> {
  readonly planner: QueryPlanner;
  /** As `clients`, for mutations and subscriptions, which are told nothing that was kept from before. */
  readonly freshClients: PlanContext['clients'];
  readonly limits: OperationLimits;
  readonly access: AccessMode;
  /** Whether the schema is told to those who ask for it. */
  readonly introspection: boolean;
  /** The length that is assumed of a list of which the schema says nothing. */
  readonly listSizeAssumed: number;
  /** Beyond it an answer is given up while it is made. */
  readonly responseBytesMax: number;
  /** The most operations that are kept ready. */
  readonly operationsMax: number;
  readonly format: ErrorFormatter;
}

/** An operation that has been read, for all callers. */
export interface ReadOperation {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly fragments: Fragments;
  readonly sourceKeys: SourceKeys;
  /** The variables that decide what is skipped. */
  readonly conditionVariables: readonly string[];
  readonly guardedFields: readonly GuardedField[];
  readonly preparedByRights: LruMap<string, PreparedOperation>;
  /** The same by caller. */
  readonly preparedFor: WeakMap<Rights, PreparedOperation>;
}

/** Keeps operations ready to run, so that a document is parsed, validated, planned and compiled once. */
export class OperationStore {
  readonly #options: OperationStoreOptions;
  readonly #rules: AccessRules;
  readonly #operations: LruMap<string, ReadOperation>;

  constructor(options: OperationStoreOptions) {
    this.#options = options;
    this.#rules = new AccessRules(options.planner.supergraph.schema);
    this.#operations = new LruMap(options.operationsMax);
  }

  /**
   * The operation as it runs for `identity`.
   * @throws {RequestRefused} when the document is invalid or names no such operation
   * @throws {Refusal} OPERATION_LIMIT_EXCEEDED
   */
  prepare(source: string, operationName: string | undefined, identity: Identity): PreparedOperation {
    const read = this.#read(source, operationName);
    const rights = rightsOf(identity);
    const ready = read.preparedFor.get(rights);
    if (ready) return ready;
    const prepared = this.#prepareFor(identity, read);
    read.preparedFor.set(rights, prepared);
    return prepared;
  }

  #prepareFor(identity: Identity, read: ReadOperation): PreparedOperation {
    const refusals = findRefusals(identity, read.guardedFields);
    const rights = [...refusals].map(([place, { extensions }]) => `${place} ${extensions.code}`).join();
    const known = read.preparedByRights.get(rights);
    if (known) return known;
    const { planner, report, forwardedExtensions, access, listSizeAssumed, responseBytesMax } = this.#options;
    const isQuery = read.operation.operation === OperationTypeNode.QUERY;
    const clients = isQuery ? this.#options.clients : this.#options.freshClients;
    const plans = { clients, report, forwardedExtensions, supergraph: planner.supergraph };
    const prepared = new PreparedOperation(read, {
      planner,
      plans,
      refusals,
      listSizeAssumed,
      responseBytesMax,
      ...(access === 'refuse' && {
        guardedFieldsOf: (document) => this.#rules.guardedFieldsOf(document, planner.publicSchema),
      }),
    });
    read.preparedByRights.set(rights, prepared);
    return prepared;
  }

  #read(source: string, operationName: string | undefined): ReadOperation {
    // No document that is stored can hold the separator, and most requests have no name, whose text then needs no copy.
    const key = operationName === undefined ? source : `${operationName}\0${source}`;
    const known = this.#operations.get(key);
    if (known) return known;
    const { planner, limits, format, introspection } = this.#options;
    const document = readDocument(source, { schema: planner.publicSchema, limits, format, introspection });
    const operation = chooseOperation(document, operationName);
    const fragments = fragmentsOf(document);
    checkOperationSize(operation, fragments, limits);
    const read: ReadOperation = {
      document,
      operation,
      fragments,
      sourceKeys: chooseSourceKeys(document, planner.supergraph),
      conditionVariables: conditionVariablesOf(document),
      guardedFields: this.#rules.guardedFieldsOf(document, planner.publicSchema),
      preparedByRights: new LruMap(RIGHTS_PER_OPERATION_MAX),
      preparedFor: new WeakMap(),
    };
    this.#operations.set(key, read);
    return read;
  }
}
