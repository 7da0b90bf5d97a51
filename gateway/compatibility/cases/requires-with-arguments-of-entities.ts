import { federation } from '../compatibility-case.ts';
import type { CompatibilityCase } from '../compatibility-case.ts';

const COMMENTS = [
  { id: 'c1', post: 'p1', author: 'a1', body: 'hello' },
  { id: 'c2', post: 'p1', author: 'a1', body: 'buy' },
  { id: 'c3', post: 'p1', author: 'a2', body: 'bye' },
  { id: 'c4', post: 'p2', author: 'a2', body: 'buy' },
  { id: 'c5', post: 'p2', author: 'a1', body: 'hm' },
  { id: 'c6', post: 'p2', author: 'a1', body: 'hm?' },
];
const commentsOf = (post: string, limit: number) => COMMENTS.filter((one) => one.post === post).slice(0, limit);
type Post = Readonly<{ id: string; comments?: readonly { author: string }[] }>;
type Comment = Readonly<{ id: string; sameElsewhere?: readonly { comments: readonly { id: string }[] }[] }>;

/** Posts require the authors of their comments, comments the comments of other posts: through entities, back and forth. */
export const requiresWithArgumentsOfEntities: CompatibilityCase = {
  rule: '@requires with arguments goes through lists of entities in several subgraphs',
  subgraphs: {
    feed: {
      sdl: `${federation('@key', '@external', '@requires')}
        type Query { feed: [Post] }
        type Post @key(fields: "id") { id: ID! comments(limit: Int!): [Comment] @external }
        type Comment @key(fields: "id") {
          id: ID! author: ID body: String! sameElsewhere: [Post] @external
          isSpam: Boolean @requires(fields: "sameElsewhere { comments(limit: 50) { id } }")
        }`,
      resolvers: {
        Query: { feed: () => [{ id: 'p1' }, { id: 'p2' }] },
        Comment: {
          __resolveReference: (ref: Comment) => ({ ...COMMENTS.find(({ id }) => id === ref.id), ...ref }),
          isSpam: ({ sameElsewhere = [] }: Comment) => sameElsewhere.some(({ comments }) => comments.length === 3),
        },
      },
    },
    posts: {
      sdl: `${federation('@key', '@external', '@requires')}
        type Post @key(fields: "id") {
          id: ID!
          comments(limit: Int!): [Comment]
          lastAuthor: String @requires(fields: "comments(limit: 3) { author }")
        }
        type Comment @key(fields: "id") { id: ID! author: ID @external sameElsewhere: [Post] }`,
      resolvers: {
        Post: {
          __resolveReference: (ref: Post) => ref,
          comments: ({ id }: Post, { limit }: { limit: number }) =>
            commentsOf(id, limit).map((one) => ({ id: one.id })),
          lastAuthor: ({ comments = [] }: Post) => `${comments.length} ${comments.at(-1)?.author}`,
        },
        Comment: {
          __resolveReference: ({ id }: Comment) => ({ id }),
          sameElsewhere: ({ id }: Comment) => {
            const own = COMMENTS.find((one) => one.id === id);
            return COMMENTS.filter((one) => one.body === own?.body && one.post !== own.post).map((one) => ({
              id: one.post,
            }));
          },
        },
      },
    },
  },
  questions: [
    {
      fact: 'alone',
      query: '{ feed { lastAuthor } }',
      data: { feed: [{ lastAuthor: '3 a2' }, { lastAuthor: '3 a1' }] },
    },
    {
      fact: 'beside the same field with an argument of the client',
      query: '{ feed { lastAuthor comments(limit: 1) { id } } }',
      data: {
        feed: [
          { lastAuthor: '3 a2', comments: [{ id: 'c1' }] },
          { lastAuthor: '3 a1', comments: [{ id: 'c4' }] },
        ],
      },
    },
    {
      fact: 'beside a variable with a default, in fragments',
      query: `query ($n: Int = 1) { feed { lastAuthor ...A ...B } }
        fragment A on Post { comments(limit: $n) { id } } fragment B on Post { comments(limit: $n) { id } }`,
      data: {
        feed: [
          { lastAuthor: '3 a2', comments: [{ id: 'c1' }] },
          { lastAuthor: '3 a1', comments: [{ id: 'c4' }] },
        ],
      },
    },
    {
      fact: 'from below',
      query: '{ feed { comments(limit: 3) { isSpam } } }',
      data: {
        feed: [
          { comments: [{ isSpam: false }, { isSpam: true }, { isSpam: false }] },
          { comments: [{ isSpam: true }, { isSpam: false }, { isSpam: false }] },
        ],
      },
    },
  ],
};
