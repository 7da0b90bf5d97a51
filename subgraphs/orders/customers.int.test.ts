import { beforeEach, describe, expect, test } from '@jest/globals';
import { CUSTOMER_REFERENCES_MAX } from './app/customers/customer-references.ts';
import { PLACE } from './testing/documents.ts';
import { AGENT, ANN, BOB, storeOf, type Scene } from './testing/open-scene.ts';
import { useScenes } from './testing/use-scenes.ts';

const openScene = useScenes();

const CUSTOMER = `query ($reference: ID!) { customer(reference: $reference) {
  reference references { system reference linkedAt }
  orders(first: 1) { edges { node { externalId } } pageInfo { hasNextPage } }
} }`;
const BY_REFERENCE = `query ($system: String!, $reference: String!) {
  customerByReference(system: $system, reference: $reference) { reference }
}`;
const LINK = `mutation ($input: CustomerReferenceInput!) {
  linkCustomer(input: $input) { customer { references { system reference } } }
}`;
const UNLINK = `mutation ($input: CustomerReferenceInput!) {
  unlinkCustomer(input: $input) { customer { references { system reference } } }
}`;

const CRM = { system: 'crm', reference: '4711' };

describe('a customer', () => {
  let scene: Scene;
  beforeEach(async () => {
    scene = await openScene();
  });

  const place = (externalId: string) =>
    scene.ask(ANN, PLACE, {
      input: {
        channel: 'WEB',
        externalId,
        lines: [{ sku: 'MUG', quantity: '1', unitPriceMinor: 100 }],
        tenders: [{ tender: 'CARD', amountMinor: 100 }],
      },
    });
  const customer = async (identity = AGENT, reference = 'ann') =>
    (await scene.ask(identity, CUSTOMER, { reference })).data.customer;
  const link = (input: object, identity = AGENT) => scene.ask(identity, LINK, { input: { customer: 'ann', ...input } });
  const whoIs = async (named: object) => (await scene.ask(AGENT, BY_REFERENCE, { ...named })).data.customerByReference;

  test('is known by an order, whose pages it answers, or by a reference', async () => {
    expect(await customer()).toBeNull();
    await place('W-1');
    await place('W-2');
    expect(await customer()).toEqual({
      reference: 'ann',
      references: [],
      orders: { edges: [{ node: { externalId: 'W-2' } }], pageInfo: { hasNextPage: true } },
    });
    await link({ customer: 'debtor 7', ...CRM });
    expect(await customer(AGENT, 'debtor 7')).toMatchObject({ references: [CRM], orders: { edges: [] } });
  });

  test('is found by what each system calls them, until that is taken back', async () => {
    await link({ system: 'erp', reference: 'C-1' });
    const { data } = await link(CRM);
    expect(data.linkCustomer.customer.references).toEqual([CRM, { system: 'erp', reference: 'C-1' }]);
    expect(await whoIs(CRM)).toEqual({ reference: 'ann' });
    expect(await whoIs({ ...CRM, system: 'erp' })).toBeNull();
    const taken = { input: { customer: 'bob', ...CRM } };
    expect((await scene.ask(AGENT, UNLINK, taken)).data.unlinkCustomer.customer.references).toEqual([]);
    expect(await whoIs(CRM)).toEqual({ reference: 'ann' });
    await scene.ask(AGENT, UNLINK, { input: { customer: 'ann', ...CRM } });
    await scene.ask(AGENT, UNLINK, { input: { customer: 'ann', ...CRM } });
    expect(await whoIs(CRM)).toBeNull();
  });

  test('keeps a reference that is said twice once, and gives none of another customer away', async () => {
    await Promise.all([link(CRM), link(CRM)]);
    const before = (await customer()).references;
    expect(before).toMatchObject([CRM]);
    const { errors } = await link({ customer: 'bob', ...CRM });
    expect(errors[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      details: { field: 'reference', system: 'crm', reference: '4711' },
    });
    expect((await customer()).references).toEqual(before);
    expect(await customer(AGENT, 'bob')).toBeNull();
  });

  test('has at most so many references', async () => {
    for (let n = 0; n < CUSTOMER_REFERENCES_MAX; n++) await link({ system: 'crm', reference: `${n}` });
    const { errors } = await link({ system: 'crm', reference: 'one more' });
    expect(errors[0]?.extensions).toMatchObject({
      code: 'LIMIT_EXCEEDED',
      details: { customerReferencesMax: CUSTOMER_REFERENCES_MAX },
    });
  });

  test('sees itself without what systems call it; others and stores see nothing of it', async () => {
    await place('W-1');
    await link(CRM);
    expect(await customer(ANN)).toMatchObject({ reference: 'ann', references: [], orders: { edges: [{}] } });
    expect(await customer(BOB)).toBeNull();
    expect(await customer({ ...AGENT, scopes: ['orders:read'] })).toMatchObject({ reference: 'ann', references: [] });
    expect(await customer(storeOf('LONDON'))).toBeNull();
    for (const identity of [ANN, storeOf('LONDON')]) {
      const refused = await scene.ask(identity, BY_REFERENCE, CRM);
      expect(refused.errors[0]?.extensions.code).toBe('FORBIDDEN');
      expect((await link(CRM, identity)).errors[0]?.extensions.code).toBe('FORBIDDEN');
    }
  });

  test.each([
    ['customer', { customer: ' ann' }],
    ['system', { system: '' }],
    ['reference', { reference: 'x'.repeat(201) }],
    ['reference', { reference: 'a\u0000b' }],
  ])('is refused a %s that is no name, and nothing is kept', async (field, wrong) => {
    const { errors } = await link({ ...CRM, ...wrong });
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', details: { field } });
    expect(await customer()).toBeNull();
  });
});
