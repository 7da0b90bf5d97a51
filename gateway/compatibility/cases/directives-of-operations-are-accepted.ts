import { federation } from '../compatibility-case.ts';
import type { CompatibilityCase } from '../compatibility-case.ts';

const access = (argument: string) => `
  ${federation('@composeDirective')}
  @link(url: "https://example.org/access/v1.0", import: ["@access"])
  @composeDirective(name: "@access")
  directive @access(scope: Scope${argument}) on FIELD
  enum Scope { PUBLIC PRIVATE }`;

export const directivesOfOperationsAreAccepted: CompatibilityCase = {
  rule: 'directives that subgraphs define for operations may be written by clients',
  subgraphs: {
    a: { sdl: `${access(' = PUBLIC')} type Query { a: String }`, resolvers: { Query: { a: () => 'a' } } },
    b: { sdl: `${access(' = PUBLIC')} type Query { b: String }`, resolvers: { Query: { b: () => 'b' } } },
  },
  questions: [
    { fact: 'with and without arguments', query: '{ a @access b @access(scope: PRIVATE) }', data: { a: 'a', b: 'b' } },
    { fact: 'as they are defined', query: '{ a @access(scope: "x") }', errors: ['GRAPHQL_VALIDATION_FAILED'] },
    { fact: 'where they are defined for', query: 'query @access { a }', errors: ['GRAPHQL_VALIDATION_FAILED'] },
    { fact: 'and none that nobody defines', query: '{ a @other }', errors: ['GRAPHQL_VALIDATION_FAILED'] },
  ],
};
