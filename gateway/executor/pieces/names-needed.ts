import type { FlattenNodePathSegment, PlanNode, RequiresSelection } from '@graphql-hive/router-query-planner';

/** Every name under which some step of a plan looks for a value: on the way to entities, and of what it has to send. */
export function namesNeededBy(plan: PlanNode): ReadonlySet<string> {
  const names = new Set(['__typename']);
  visit(plan, names);
  return names;
}

function visit(node: PlanNode, names: Set<string>): void {
  switch (node.kind) {
    case 'Sequence':
    case 'Parallel':
      for (const inner of node.nodes) visit(inner, names);
      return;
    case 'Flatten':
      addPath(node.path, names);
      return visit(node.node, names);
    case 'Condition':
      for (const inner of [node.ifClause, node.elseClause]) if (inner) visit(inner, names);
      return;
    case 'Fetch':
      return addRequired(node.requires ?? [], names);
    case 'BatchFetch':
      for (const { paths, requires } of node.entityBatch.aliases) {
        for (const path of paths) addPath(path, names);
        addRequired(requires, names);
      }
      return;
    default:
      // What they bring is not read from a reply.
      return;
  }
}

function addPath(path: readonly FlattenNodePathSegment[], names: Set<string>): void {
  for (const segment of path) if (segment !== '@' && 'Field' in segment) names.add(segment.Field);
}

function addRequired(selections: readonly RequiresSelection[], names: Set<string>): void {
  for (const selection of selections) {
    if (selection.kind === 'Field') names.add(selection.name);
    if (selection.kind !== 'FragmentSpread') addRequired(selection.selections ?? [], names);
  }
}
