import { federation } from '../compatibility-case.ts';
import type { CompatibilityCase } from '../compatibility-case.ts';

type Content = Readonly<{ __typename: string; text?: string; frames?: number; extra?: { note?: string } }>;
const POSTS: Readonly<Record<string, Content>> = {
  p1: { __typename: 'Article', text: 'long' },
  p2: { __typename: 'Clip', frames: 24, extra: { note: 'loud' } },
};

/** What is required depends on which type stands there. */
export const requiresWithFragments: CompatibilityCase = {
  rule: '@requires may select by type',
  subgraphs: {
    content: {
      sdl: `${federation('@key')}
        type Query { posts: [Post!]! }
        type Post @key(fields: "id") { id: ID! content: Content media: Media }
        interface Content { kind: String }
        type Article implements Content { kind: String text: String }
        type Clip implements Content { kind: String frames: Int extra: Extra }
        type Extra { note: String }
        union Media = Article | Clip`,
      resolvers: {
        Query: { posts: () => Object.keys(POSTS).map((id) => ({ id, content: POSTS[id], media: POSTS[id] })) },
        Post: { __resolveReference: ({ id }: { id: string }) => ({ id, content: POSTS[id], media: POSTS[id] }) },
        Article: { kind: () => 'article' },
        Clip: { kind: () => 'clip' },
      },
    },
    teasers: {
      sdl: `${federation('@key', '@external', '@requires')}
        type Post @key(fields: "id") {
          id: ID!
          content: Content @external
          media: Media @external
          teaser: String @requires(fields: "content { kind ... on Article { text } ... on Clip { frames extra { note } } }")
          size: String @requires(fields: "media { __typename ... on Article { text } ... on Clip { frames } }")
        }
        interface Content { kind: String }
        type Article implements Content @external { kind: String text: String }
        type Clip implements Content @external { kind: String frames: Int extra: Extra }
        type Extra @external { note: String }
        union Media = Article | Clip`,
      resolvers: {
        Post: {
          __resolveReference: (reference: object) => reference,
          teaser: ({ content }: { content: Content & { kind: string } }) =>
            `${content.kind}: ${content.text ?? `${content.frames} ${content.extra?.note}`}`,
          size: ({ media }: { media: Content }) => `${media.__typename} ${media.text ?? media.frames}`,
        },
      },
    },
  },
  questions: [
    {
      fact: 'on an interface',
      query: '{ posts { teaser } }',
      data: { posts: [{ teaser: 'article: long' }, { teaser: 'clip: 24 loud' }] },
    },
    {
      fact: 'on a union',
      query: '{ posts { size } }',
      data: { posts: [{ size: 'Article long' }, { size: 'Clip 24' }] },
    },
    {
      fact: 'beside what the client selects of it',
      query: '{ posts { content { kind ... on Clip { text: frames } } teaser size } }',
      data: {
        posts: [
          { content: { kind: 'article' }, teaser: 'article: long', size: 'Article long' },
          { content: { kind: 'clip', text: 24 }, teaser: 'clip: 24 loud', size: 'Clip 24' },
        ],
      },
    },
  ],
};
