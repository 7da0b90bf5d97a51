import { byId, federation } from '../compatibility-case.ts';
import type { CompatibilityCase } from '../compatibility-case.ts';

const MEDIA = [
  { __typename: 'Book', id: 'b1', similar: ['b2'], publisher: { __typename: 'Agency', id: 'g1' } },
  { __typename: 'Film', id: 'f1', similar: ['b1'], publisher: { __typename: 'Self', mail: 'me@example.org' } },
  { __typename: 'Book', id: 'b2', similar: [], publisher: { __typename: 'Agency', id: 'g2' } },
];
const refs = (ids: readonly string[]) => MEDIA.filter(({ id }) => ids.includes(id));

/** Every field of an interface may stand in another subgraph for each of its types. */
export const abstractFieldsHopByType: CompatibilityCase = {
  rule: 'fields of an interface are asked of each type where it has them',
  subgraphs: {
    shelf: {
      sdl: `${federation('@key', '@shareable')}
        type Query { media: [Media] medium(id: ID!): Media }
        interface Media { id: ID! similar: [Media] publisher: Publisher }
        type Book implements Media @key(fields: "id") { id: ID! similar: [Media] publisher: Publisher }
        type Film implements Media @key(fields: "id") { id: ID! similar: [Media] publisher: Publisher }
        union Publisher = Agency | Self
        type Agency @key(fields: "id") { id: ID! }
        type Self { mail: String }`,
      resolvers: {
        Query: { media: () => MEDIA, medium: (_root: unknown, reference: { id: string }) => byId(MEDIA)(reference) },
        Book: { similar: ({ similar }: { similar: string[] }) => refs(similar), __resolveReference: byId(MEDIA) },
        Film: { similar: ({ similar }: { similar: string[] }) => refs(similar), __resolveReference: byId(MEDIA) },
      },
    },
    books: {
      sdl: `${federation('@key', '@shareable')}
        interface Media { id: ID! title: String delivery(zip: String): Delivery }
        type Book implements Media @key(fields: "id") { id: ID! title: String delivery(zip: String): Delivery isbn: String }
        type Delivery @shareable { days: Int to: String }`,
      resolvers: {
        Book: {
          __resolveReference: ({ id }: { id: string }) => ({ id, title: `book ${id}`, isbn: `isbn ${id}` }),
          delivery: (_book: unknown, { zip }: { zip?: string }) => ({ days: 1, to: zip ?? 'store' }),
        },
      },
    },
    films: {
      sdl: `${federation('@key', '@shareable')}
        interface Media { id: ID! title: String delivery(zip: String): Delivery }
        type Film implements Media @key(fields: "id") { id: ID! title: String delivery(zip: String): Delivery }
        type Delivery @shareable { days: Int to: String }`,
      resolvers: {
        Film: {
          __resolveReference: ({ id }: { id: string }) => ({ id, title: `film ${id}` }),
          delivery: (_film: unknown, { zip }: { zip?: string }) => ({ days: 2, to: zip ?? 'store' }),
        },
      },
    },
    agencies: {
      sdl: `${federation('@key')} type Agency @key(fields: "id") { id: ID! name: String }`,
      resolvers: { Agency: { __resolveReference: ({ id }: { id: string }) => ({ id, name: `agency ${id}` }) } },
    },
  },
  questions: [
    {
      fact: 'each from its own subgraph',
      query: '{ media { id title } }',
      data: {
        media: [
          { id: 'b1', title: 'book b1' },
          { id: 'f1', title: 'film f1' },
          { id: 'b2', title: 'book b2' },
        ],
      },
    },
    {
      fact: 'with arguments and variables',
      query:
        'query ($z: String = "LS1") { medium(id: "f1") { there: delivery(zip: $z) { to days } here: delivery { to } } }',
      data: { medium: { there: { to: 'LS1', days: 2 }, here: { to: 'store' } } },
    },
    {
      fact: 'through lists of the interface inside of it',
      query: '{ media { similar { __typename title similar { ... on Book { isbn } } } } }',
      data: {
        media: [
          { similar: [{ __typename: 'Book', title: 'book b2', similar: [] }] },
          { similar: [{ __typename: 'Book', title: 'book b1', similar: [{ isbn: 'isbn b2' }] }] },
          { similar: [] },
        ],
      },
    },
    {
      fact: 'of unions below the interface',
      query: `{ media { ... on Book { publisher { ...P } } ... on Film { publisher { ...P } } } }
        fragment P on Publisher { ... on Agency { id name } ... on Self { mail } }`,
      data: {
        media: [
          { publisher: { id: 'g1', name: 'agency g1' } },
          { publisher: { mail: 'me@example.org' } },
          { publisher: { id: 'g2', name: 'agency g2' } },
        ],
      },
    },
    {
      fact: 'under conditions of the client',
      query:
        'query ($b: Boolean!) { media { ... on Book @include(if: $b) { title } ... on Film @skip(if: $b) { title } id } }',
      variables: { b: true },
      data: { media: [{ title: 'book b1', id: 'b1' }, { id: 'f1' }, { title: 'book b2', id: 'b2' }] },
    },
    {
      fact: 'under the same name with other arguments by type',
      query: '{ media { ... on Book { d: delivery(zip: "B") { to } } ... on Film { d: delivery(zip: "F") { to } } } }',
      data: { media: [{ d: { to: 'B' } }, { d: { to: 'F' } }, { d: { to: 'B' } }] },
    },
  ],
};
