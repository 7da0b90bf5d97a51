import type { BatchFetchNode, FetchNode, PlanNode } from '@graphql-hive/router-query-planner';

/** What a subgraph is sent. */
export type AnyFetch = FetchNode | BatchFetchNode;

/** The plan with other fetches. */
export function mapFetches(node: PlanNode, change: <Fetch extends AnyFetch>(fetch: Fetch) => Fetch): PlanNode {
  switch (node.kind) {
    case 'Fetch':
    case 'BatchFetch':
      return change(node);
    case 'Sequence':
    case 'Parallel':
      return { ...node, nodes: node.nodes.map((inner) => mapFetches(inner, change)) };
    case 'Flatten':
      return { ...node, node: mapFetches(node.node, change) };
    case 'Subscription':
      return { ...node, primary: change(node.primary) };
    case 'Condition':
      return {
        ...node,
        ...(node.ifClause && { ifClause: mapFetches(node.ifClause, change) }),
        ...(node.elseClause && { elseClause: mapFetches(node.elseClause, change) }),
      };
    case 'Defer':
      return node;
  }
}
