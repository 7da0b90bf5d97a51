import type { DocumentNode } from 'graphql';
import { readLinks } from './supergraph-links.ts';
import type { SupergraphLink } from './supergraph-links.ts';
import { SupergraphRefused } from './supergraph-refused.ts';

const PUBLISHER = 'https://specs.apollo.dev/';

/** The specifications that the gateway and its planner keep, by name. */
const KEPT: Readonly<Record<string, readonly string[]>> = {
  link: ['v1.0'],
  join: ['v0.2', 'v0.3', 'v0.4', 'v0.5'],
  tag: ['v0.1', 'v0.2', 'v0.3'],
  inaccessible: ['v0.1', 'v0.2'],
  authenticated: ['v0.1'],
  requiresScopes: ['v0.1'],
  policy: ['v0.1'],
  cost: ['v0.1'],
};

/**
 * Whoever does not know a specification that a supergraph links for its security or its execution would answer wrongly
 * without noticing: a guard that is not kept, an argument that nobody fills in.
 * @throws {SupergraphRefused} naming each such specification
 */
export function refuseUnknownLinks(supergraph: DocumentNode): void {
  const links = readLinks(supergraph);
  if (links.some(({ name, version }) => name === 'join' && version === 'v0.1')) {
    throw new SupergraphRefused(
      'It was composed for Federation 1 (join v0.1); compose its subgraphs for Federation 2.',
    );
  }
  const unknown = links.filter((link) => link.purpose !== undefined && !isKept(link));
  if (unknown.length === 0) return;
  const needs = unknown.map(({ url, purpose }) => `${url} (for ${purpose})`).join(', ');
  throw new SupergraphRefused(`It needs what this gateway does not know: ${needs}.`);
}

function isKept({ url, name, version = '' }: SupergraphLink): boolean {
  return url.startsWith(PUBLISHER) && Object.hasOwn(KEPT, name) && KEPT[name]?.includes(version) === true;
}
