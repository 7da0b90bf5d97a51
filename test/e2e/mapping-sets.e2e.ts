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
const DRY_RUN = `query ($version: Int!) { mappingDryRun(system: "wms-north", domain: "reasons", version: $version) {
  messages unchanged changed nowReadable nowUnreadable unmapped { domain value messages } examples { eventId after } } }`;

interface Found {
  readonly exceptions: {
    readonly edges: readonly {
      readonly node: { readonly id: string; readonly class: string; readonly status: string; readonly summary: string };
    }[];
  };
}

test('an unmapped value waits, is explained, tried out and put into force, and what waited comes in by itself', async () => {
  await using demo = await openDemoHub();
  const operator = await demo.as('operator');
  const { wms } = demo.retailer;
  const sku = 'LAMP';
  const history = async () => JSON.stringify(await operator.graphql(HISTORY, { sku }).catch(() => ''));
  wms.count({ warehouse: 'DC-NORTH', sku, quantity: '50' });
  await waitFor(async () => (await history()).includes('"sellable":"50"'), 'the opening stock');
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
});
