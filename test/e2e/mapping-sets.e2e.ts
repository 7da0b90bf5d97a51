/* Words of an outside system that nobody knew are explained over the graph, without code and without the system's help. */
import { expect, test } from '@jest/globals';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { openDemoHub } from '../harness/open-demo-hub.ts';

const EXCEPTIONS = `query ($source: String) { exceptions(filter: { source: $source }) { edges { node {
  id class status summary closedBecause lineage { eventId } } } } }`;
const HISTORY = `query ($sku: ID!) { positions(location: "DC-NORTH", skus: [$sku]) { edges { node {
  sellable history { edges { node { kind reason quantity occurredAt } } } } } } }`;
const VERSION = `version { version status rowCount draftedBy draftedBecause decidedBy decidedBecause effectiveAt }`;
const DRAFT = `mutation ($input: DraftMappingInput!) { draftMapping(input: $input) { ${VERSION} } }`;
const ACTIVATE = `mutation ($input: ActivateMappingInput!) { activateMapping(input: $input) {
  ${VERSION} mappingSet { active { version } } } }`;
const ROLL_BACK = `mutation ($input: RollBackMappingInput!) { rollBackMapping(input: $input) {
  version { version basedOn rows { external canonical } } } }`;
const QUARANTINED = `query ($exception: ID, $after: String) {
  quarantinedMessages(first: 1, after: $after, system: "wms-north", exception: $exception) {
    edges { node { system eventId reason exception { id class } receivedAt } } pageInfo { hasNextPage endCursor } } }`;
const ERASE = `mutation ($text: String!) {
  erasePersonalData(input: { text: $text, reason: "She asked for it." }) { messages } }`;
const FORGET = `mutation ($texts: [String!]!) {
  eraseCustomer(input: { customer: "JANE", texts: $texts, reason: "She asked for it." }) { isComplete openOrders openReturns } }`;
const AUDIT = `{ auditTrail { edges { node { action status actor reason outcome exception { id } } } } }`;
const DRY_RUN = `query ($version: Int!) { mappingDryRun(system: "wms-north", domain: "reasons", version: $version) {
  messages unchanged changed nowReadable nowUnreadable unmapped { domain value messages } examples { eventId after } } }`;

interface Found {
  readonly exceptions: {
    readonly edges: readonly {
      readonly node: { readonly id: string; readonly class: string; readonly status: string; readonly summary: string };
    }[];
  };
}

interface Quarantined {
  readonly quarantinedMessages: {
    readonly edges: readonly { readonly node: { readonly eventId: string; readonly reason: string } }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
  };
}

test('an unmapped value waits, is explained, tried out and put into force, and what waited comes in by itself', async () => {
  await using demo = await openDemoHub();
  const operator = await demo.as('operator');
  const { wms } = demo.retailer;
  const sku = 'LAMP';
  const history = async () => JSON.stringify(await operator.graphql(HISTORY, { sku }).catch(() => ''));
  // Enough for all tries of a slow machine.
  wms.count({ warehouse: 'DC-NORTH', sku, quantity: '100000' });
  await waitFor(async () => (await history()).includes('"sellable":"100000"'), 'the opening stock');
  const waiting = async (value: string) => {
    const { exceptions } = await operator.graphql<Found>(EXCEPTIONS, { source: 'wms-north' });
    return exceptions.edges.find(({ node }) => node.class === 'UNMAPPED_VALUE' && node.summary.includes(value))?.node;
  };
  const adjust = (reason: string, quantity: string) =>
    wms.adjust({ warehouse: 'DC-NORTH', sku, quantity, from: 'available', reason });
  adjust('CRUSHED', '1');
  adjust('CRUSHED', '2');
  adjust('WETTED', '3');
  adjust('DAMAGED', '4');
  const exception = await waitFor(() => waiting('CRUSHED'), 'the exception');
  await waitFor(() => waiting('WETTED'), 'the other exception');
  expect(exception.status).toBe('OPEN');
  const paged = async (after?: string) =>
    (await operator.graphql<Quarantined>(QUARANTINED, { exception: exception.id, after })).quarantinedMessages;
  const firstPage = await waitFor(async () => {
    const page = await paged();
    return page.pageInfo.hasNextPage ? page : undefined;
  }, 'both messages to wait');
  const secondPage = await paged(firstPage.pageInfo.endCursor);
  expect(secondPage).toMatchObject({
    edges: [{ node: { system: 'wms-north', exception: { id: exception.id, class: 'UNMAPPED_VALUE' } } }],
    pageInfo: { hasNextPage: false },
  });
  expect(secondPage.edges[0]?.node.reason).toContain('CRUSHED');
  expect(secondPage.edges[0]?.node.eventId).not.toBe(firstPage.edges[0]?.node.eventId);
  await waitFor(async () => (await history()).includes('"DAMAGE"'), 'the adjustment that was understood');
  expect((await history()).match(/"DAMAGE"/g)).toHaveLength(1);

  const named = { system: 'wms-north', domain: 'reasons' };
  const wrong = operator.graphql(DRAFT, {
    input: { ...named, put: [{ external: 'CRUSHED', canonical: 'SQUASHED' }], reason: 'No such reason.' },
  });
  await expect(wrong).rejects.toThrow(/CRUSHED/);
  const drafted = await operator.graphql(DRAFT, {
    input: { ...named, put: [{ external: 'CRUSHED', canonical: 'DAMAGE' }], reason: 'The warehouse has a new word.' },
  });
  expect(drafted).toMatchObject({
    draftMapping: {
      version: { version: 1, status: 'DRAFT', rowCount: 6, draftedBecause: 'The warehouse has a new word.' },
    },
  });
  const { mappingDryRun } = await operator.graphql<{ mappingDryRun: object }>(DRY_RUN, { version: 1 });
  expect(mappingDryRun).toMatchObject({
    changed: 0,
    nowReadable: 2,
    nowUnreadable: 0,
    unmapped: [{ domain: 'reasons', value: 'WETTED', messages: 1 }],
  });
  expect((await history()).match(/"DAMAGE"/g)).toHaveLength(1);

  const activated = await operator.graphql(ACTIVATE, { input: { ...named, version: 1, reason: 'Tried out.' } });
  expect(activated).toMatchObject({
    activateMapping: {
      version: { status: 'ACTIVE', decidedBecause: 'Tried out.' },
      mappingSet: { active: { version: 1 } },
    },
  });
  await waitFor(async () => (await history()).match(/"DAMAGE"/g)?.length === 3, 'what waited');
  await waitFor(async () => (await waiting('CRUSHED'))?.status === 'RESOLVED', 'the exception to be closed');
  expect((await waiting('WETTED'))?.status).toBe('OPEN');
  // As if the word had been known from the beginning: the quantities of all are there, each once.
  const quantities = [...(await history()).matchAll(/"reason":"DAMAGE","quantity":"-?(\d)"/g)].map(([, size]) => size);
  expect(quantities.toSorted((a, b) => Number(a) - Number(b))).toEqual(['1', '2', '4']);

  adjust('CRUSHED', '5');
  await waitFor(async () => (await history()).match(/"DAMAGE"/g)?.length === 4, 'a later one, understood at once');
  await operator.graphql(DRAFT, { input: { ...named, remove: ['DAMAGED'], reason: 'A slip.' } });
  await operator.graphql(ACTIVATE, { input: { ...named, version: 2, reason: 'A slip.' } });
  await waitFor(async () => {
    adjust('DAMAGED', '6');
    return waiting('DAMAGED');
  }, 'the word to be unknown');
  const back = await operator.graphql(ROLL_BACK, { input: { ...named, toVersion: 1, reason: 'It was a slip.' } });
  expect(back).toMatchObject({ rollBackMapping: { version: { version: 3, basedOn: null } } });
  await waitFor(async () => (await waiting('DAMAGED'))?.status === 'RESOLVED', 'what waited for the roll back');

  // What a person said of herself is taken out of what is kept, whatever becomes of the message.
  adjust('WETTED BY JANE DOE', '7');
  await waitFor(() => waiting('JANE DOE'), 'the exception that names a person');
  const erase = async (text: string) =>
    (await operator.graphql<{ erasePersonalData: { messages: number } }>(ERASE, { text })).erasePersonalData.messages;
  expect(await erase('jane doe')).toBe(1);
  expect(await erase('Jane Doe')).toBe(0);
  await expect(erase('x')).rejects.toThrow(/3 to 200/);
  const trail = await operator.graphql<{ auditTrail: { edges: { node: object }[] } }>(AUDIT);
  expect(trail.auditTrail.edges.map(({ node }) => node)).toMatchObject([
    { action: 'ERASE', status: 'DONE', outcome: 'It was taken out of 0 messages.', exception: null },
    { action: 'ERASE', status: 'STARTED' },
    { action: 'ERASE', status: 'DONE', outcome: 'It was taken out of 1 messages.', reason: 'She asked for it.' },
    { action: 'ERASE', status: 'STARTED', outcome: null },
  ]);
  expect(JSON.stringify(trail).toLowerCase()).not.toContain('jane');
  // Whoever keeps anything of a customer is asked: orders, returns, queues and the inbox.
  adjust('WETTED BY JANE ROE', '8');
  await waitFor(() => waiting('JANE ROE'), 'the exception that names another');
  expect(await operator.graphql(FORGET, { texts: ['jane roe'] })).toEqual({
    eraseCustomer: { isComplete: true, openOrders: 0, openReturns: 0 },
  });
  expect(await erase('jane roe')).toBe(0);
  const shopper = await demo.as('shopper', { customer: 'ALICE' });
  await expect(shopper.graphql(ERASE, { text: 'lamp' })).rejects.toThrow();
});
