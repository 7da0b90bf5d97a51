import { federation } from '../compatibility-case.ts';
import type { CompatibilityCase } from '../compatibility-case.ts';

const fail = () => {
  throw new Error('down');
};

/** `b` fails for whatever it is asked. */
export const nullsGoUpAsFarAsTheyMust: CompatibilityCase = {
  rule: 'a null where none may be goes up to the next place that may be null, within a subgraph and across hops',
  subgraphs: {
    a: {
      sdl: `${federation('@key')}
        type Query { soft: Thing hard: Thing! softList: [Thing] hardItems: [Thing!] hardList: [Thing!]! ok: Int! }
        type Thing @key(fields: "id") { id: ID! inner: Inner innerHard: Inner! own: Int! }
        type Inner @key(fields: "id") { id: ID! thing: Thing }`,
      resolvers: {
        Query: {
          soft: () => ({ id: '1' }),
          hard: () => ({ id: '1' }),
          softList: () => [{ id: '1' }, { id: '2' }],
          hardItems: () => [{ id: '1' }, { id: '2' }],
          hardList: () => [{ id: '1' }],
          ok: () => 1,
        },
        Thing: {
          __resolveReference: (ref: object) => ref,
          inner: () => ({ id: 'i' }),
          innerHard: () => ({ id: 'i' }),
          own: fail,
        },
        Inner: { thing: () => ({ id: '1' }) },
      },
    },
    b: {
      sdl: `${federation('@key')}
        type Query { other: Int otherHard: Int! }
        type Thing @key(fields: "id") { id: ID! may: Int must: Int! part: Part }
        type Inner @key(fields: "id") { id: ID! must: Int! }
        type Part { must: Int! may: Int }`,
      resolvers: {
        Query: { other: fail, otherHard: fail },
        Thing: { __resolveReference: (ref: object) => ref, may: fail, must: fail, part: () => ({ may: 1 }) },
        Inner: { __resolveReference: (ref: object) => ref, must: fail },
        Part: { must: fail },
      },
    },
  },
  questions: [
    {
      fact: 'a field that may be null',
      query: '{ ok soft { id may } }',
      data: { ok: 1, soft: { id: '1', may: null } },
      errors: ['soft.may INTERNAL_SERVER_ERROR'],
    },
    {
      fact: 'its parent',
      query: '{ ok soft { id must } }',
      data: { ok: 1, soft: null },
      errors: ['soft.must INTERNAL_SERVER_ERROR'],
    },
    {
      fact: 'an item of a list',
      query: '{ softList { must } }',
      data: { softList: [null, null] },
      errors: ['softList.0.must INTERNAL_SERVER_ERROR', 'softList.1.must INTERNAL_SERVER_ERROR'],
    },
    {
      fact: 'a list',
      query: '{ ok hardItems { x: must } }',
      data: { ok: 1, hardItems: null },
      errors: ['hardItems.0.x INTERNAL_SERVER_ERROR', 'hardItems.1.x INTERNAL_SERVER_ERROR'],
    },
    {
      fact: 'the whole answer',
      query: '{ ok hardList { must } }',
      data: null,
      errors: ['hardList.0.must INTERNAL_SERVER_ERROR'],
    },
    {
      fact: 'the whole answer, from the root',
      query: '{ ok otherHard }',
      data: null,
      errors: ['otherHard INTERNAL_SERVER_ERROR'],
    },
    {
      fact: 'over several hops',
      query: '{ soft { inner { must } innerHard { must } } }',
      data: { soft: null },
      errors: ['soft.inner.must INTERNAL_SERVER_ERROR', 'soft.innerHard.must INTERNAL_SERVER_ERROR'],
    },
    {
      fact: 'an object between',
      query: '{ soft { id part { may must } } }',
      data: { soft: { id: '1', part: null } },
      errors: ['soft.part.must INTERNAL_SERVER_ERROR'],
    },
    {
      fact: 'inside of the first subgraph',
      query: '{ soft { own may } other }',
      data: { soft: null, other: null },
      errors: ['soft.own INTERNAL_SERVER_ERROR', 'other INTERNAL_SERVER_ERROR'],
    },
    {
      fact: 'under the names of the client',
      query: '{ s: soft { i: inner { t: thing { m: may } } } }',
      data: { s: { i: { t: { m: null } } } },
      errors: ['s.i.t.m INTERNAL_SERVER_ERROR'],
    },
  ],
};
