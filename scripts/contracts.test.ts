import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { isObjectType, parse, printSchema } from 'graphql';
import type { GraphQLSchema } from 'graphql';
import { ANONYMOUS } from '../gateway/auth/authenticator.ts';
import { chooseContracts } from '../gateway/contracts/contract.ts';
import { narrowPlanner } from '../gateway/contracts/narrow-planner.ts';
import { createQueryPlanner } from '../gateway/planner/query-planner.ts';
import { findAccessRefusal } from '../kernel/graphql/access-requirement.ts';
import { fieldRequirement } from '../kernel/graphql/enforce-access.ts';
import { SCALARS } from '../kernel/graphql/scalars.ts';
import type { Identity } from '../kernel/model/identity.ts';
import { AUDIENCE_CONTRACTS } from '../schema/contracts.ts';
import { ROLES } from '../schema/scopes.ts';
import type { Role } from '../schema/scopes.ts';
import { SUPERGRAPH_FILE } from './compose.ts';

const AUDIENCE_OF: Readonly<Record<Role, string>> = {
  anonymous: 'storefront',
  shopper: 'storefront',
  store: 'store',
  agent: 'agent',
  operator: 'agent',
  integrator: 'partner',
};

const planner = createQueryPlanner(readFileSync(SUPERGRAPH_FILE, 'utf8'));
const supergraph = planner.supergraph.schema;
const shown = new Map(
  AUDIENCE_CONTRACTS.map((contract) => [
    contract.name as string,
    narrowPlanner(planner, [contract], SCALARS).publicSchema,
  ]),
);

const identityOf = (role: Role): Identity =>
  role === 'anonymous' ? ANONYMOUS : { subject: role, clientId: role, scopes: ROLES[role], stores: '*' };

/** `Type.field` of everything that a schema shows. */
function fieldsOf(schema: GraphQLSchema | undefined): ReadonlySet<string> {
  return new Set(
    Object.values(schema?.getTypeMap() ?? {}).flatMap((type) =>
      isObjectType(type) && !type.name.startsWith('__')
        ? Object.keys(type.getFields()).map((field) => `${type.name}.${field}`)
        : [],
    ),
  );
}

function mayRead(role: Role, place: string): boolean {
  const [typeName = '', field = ''] = place.split('.');
  const type = supergraph.getType(typeName);
  const requirement = isObjectType(type) ? fieldRequirement(type, field) : undefined;
  return !requirement || !findAccessRefusal(identityOf(role), requirement, place);
}

const audiences = [...shown].map(([audience, schema]) => {
  const roles = Object.keys(ROLES).filter((role) => AUDIENCE_OF[role as Role] === audience) as Role[];
  return { audience, schema, roles };
});

describe('the contracts of the hub', () => {
  test.each(Object.keys(ROLES) as Role[])('the role %s sees that of its audience', (role) => {
    const chosen = chooseContracts(AUDIENCE_CONTRACTS).contractsFor(identityOf(role));
    expect(chosen?.map(({ name }) => name)).toEqual([AUDIENCE_OF[role]]);
  });

  test.each(audiences)('$audience is shown nothing that none of its roles may read', ({ schema, roles }) => {
    const useless = [...fieldsOf(schema)].filter((place) => !roles.some((role) => mayRead(role, place)));
    expect(useless).toEqual([]);
  });

  test.each(audiences)(
    '$audience is shown every field of a root that one of its roles may read',
    ({ schema, roles }) => {
      const visible = fieldsOf(schema);
      const roots = [...fieldsOf(planner.publicSchema)].filter((place) =>
        /^(Query|Mutation|Subscription)\./.test(place),
      );
      const missing = roots.filter((place) => !visible.has(place) && roles.some((role) => mayRead(role, place)));
      expect(missing).toEqual([]);
    },
  );

  test('a partner is shown nothing of orders, returns and customers', () => {
    const text = printSchema(shown.get('partner') ?? planner.publicSchema).replaceAll(/"""[^]*?"""/g, '');
    expect(text).not.toMatch(/\b(Order|Return|OrderLine|Refund|customer\w*|placeOrder|reserveStock)\b/);
    expect(text).toMatch(/\bavailability\b/);
  });

  test('every tag that a contract excludes stands somewhere in the SDL', () => {
    const sdl = readFileSync(SUPERGRAPH_FILE, 'utf8');
    const unknown = AUDIENCE_CONTRACTS.flatMap(({ exclude }) => exclude).filter(
      (tag) => !sdl.includes(`@tag(name: "${tag}")`),
    );
    expect(unknown).toEqual([]);
    expect(parse(sdl).definitions.length).toBeGreaterThan(100);
  });
});
