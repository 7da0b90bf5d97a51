import { federation } from '../compatibility-case.ts';
import type { CompatibilityCase } from '../compatibility-case.ts';

/** A list refers to media by the interface; the author stands in a third subgraph, on the concrete type. */
export const interfaceObjectsInBetween: CompatibilityCase = {
  rule: 'fields of a concrete type are reached through an interface object that does not know it',
  subgraphs: {
    media: {
      sdl: `${federation('@key')}
        interface Media @key(fields: "id") { id: ID! }
        type Book implements Media @key(fields: "id") { id: ID! pages: Int }
        type Film implements Media @key(fields: "id") { id: ID! minutes: Int }`,
      resolvers: {
        Media: {
          __resolveReference: ({ id }: { id: string }) => ({
            __typename: id === 'm1' ? 'Book' : 'Film',
            id,
            pages: 600,
            minutes: 117,
          }),
        },
        Book: { __resolveReference: ({ id }: { id: string }) => ({ id, pages: 600 }) },
        Film: { __resolveReference: ({ id }: { id: string }) => ({ id, minutes: 117 }) },
      },
    },
    playlists: {
      sdl: `${federation('@key', '@interfaceObject')}
        type Query { playlist: Playlist }
        type Playlist { items: [Media] }
        type Media @interfaceObject @key(fields: "id") { id: ID! plays: Int }`,
      resolvers: {
        Query: { playlist: () => ({ items: [{ id: 'm1', plays: 1 }, null, { id: 'm2', plays: 2 }] }) },
        Media: { __resolveReference: ({ id }: { id: string }) => ({ id, plays: 3 }) },
      },
    },
    authors: {
      sdl: `${federation('@key')}
        type Book @key(fields: "id") { id: ID! author: Author }
        type Author @key(fields: "id") { id: ID! name: String }`,
      resolvers: {
        Book: { __resolveReference: ({ id }: { id: string }) => ({ id, author: { id: 'a1', name: 'Herbert' } }) },
      },
    },
  },
  questions: [
    {
      fact: 'from the list to the author',
      query: '{ playlist { items { id plays ... on Book { author { name } pages } ... on Film { minutes } } } }',
      data: {
        playlist: {
          items: [
            { id: 'm1', plays: 1, author: { name: 'Herbert' }, pages: 600 },
            null,
            { id: 'm2', plays: 2, minutes: 117 },
          ],
        },
      },
    },
  ],
};
