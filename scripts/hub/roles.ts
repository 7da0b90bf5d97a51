/** What a process of the hub may be there for, in the order of starting when it is several. */
export const ROLES = [
  'simulators',
  'inventory',
  'products',
  'orders',
  'returns',
  'operations',
  'connectors',
  'gateway',
] as const;

export type HubRole = (typeof ROLES)[number];

/** Roles that answer for a subgraph of their name. */
export const SUBGRAPH_ROLES = ['inventory', 'products', 'orders', 'returns', 'operations'] as const;

export type SubgraphRole = (typeof SUBGRAPH_ROLES)[number];

/** The command line does not fit. */
export class RolesRefused extends Error {}

/**
 * The roles that `--role` names, several by commas or by repeating it, in the order of starting; none: everything in this
 * process.
 * @throws {RolesRefused}
 */
export function readRoles(args: readonly string[]): readonly HubRole[] {
  const named = new Set<HubRole>();
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] ?? '';
    const [option, attached] = arg.split('=', 2);
    if (option !== '--role') throw new RolesRefused(`"${arg}" is not known. Known: --role <role>[,<role>...].`);
    const value = attached ?? args[++index] ?? '';
    for (const name of value.split(',')) named.add(roleOf(name.trim()));
  }
  return ROLES.filter((role) => named.has(role));
}

export function isSubgraphRole(role: HubRole): role is SubgraphRole {
  return (SUBGRAPH_ROLES as readonly HubRole[]).includes(role);
}

function roleOf(name: string): HubRole {
  const role = ROLES.find((known) => known === name);
  if (!role) throw new RolesRefused(`"${name}" is no role. Roles: ${ROLES.join(', ')}.`);
  return role;
}
