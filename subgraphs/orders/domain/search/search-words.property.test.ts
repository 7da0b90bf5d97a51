import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { testConfig } from '../../../../kernel/testing/config.ts';
import { isMeant, prefixesOf, prefixToAsk, wordsOf } from './search-words.ts';

const { propertyRuns: numRuns, propertySeed } = testConfig();
const parameters = { numRuns, ...(propertySeed === undefined ? {} : { seed: propertySeed }) };
const text = fc.string({ unit: 'grapheme', maxLength: 60 });

describe('the words of a text', () => {
  test.each([
    ['Case', 'WEB-10001', ['web', '10001']],
    ['accents', 'Zoë Müller', ['zoe', 'muller']],
    ['letters that are two in upper case', 'STRASSE Straße STRAẞE', ['strasse']],
    ['both small sigmas', 'ΟΔΟΣ οδος', ['οδοσ']],
    ['width', 'ＡＢＣ１２３', ['abc123']],
    ['ligatures', 'ﬁne', ['fine']],
    ['composed or not', 'e\u0301te \u00e9te', ['ete']],
    ['signs', " o'neil@shop.example ", ['o', 'neil', 'shop', 'example']],
  ])('%s makes no difference', (_, given, words) => {
    expect(wordsOf(given)).toEqual(words);
  });

  test('are words of themselves alone', () => {
    fc.assert(
      fc.property(text, (given) => {
        for (const word of wordsOf(given)) expect(wordsOf(word)).toEqual([word]);
      }),
      parameters,
    );
  });

  test('are the same however the text is written', () => {
    fc.assert(
      fc.property(text, (given) => {
        const words = wordsOf(given);
        expect(wordsOf(given.normalize('NFD'))).toEqual(words);
        expect(wordsOf(given.normalize('NFC'))).toEqual(words);
        expect(wordsOf(`  ${given}--`)).toEqual(words);
      }),
      parameters,
    );
  });

  test('have the prefix that is asked for exactly when they begin with what is asked', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', '1', '𝟘', 'ß'), minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(word, word, (given, asked) => {
        const [[held = ''], [wanted = '']] = [wordsOf(given), wordsOf(asked)];
        const isFound = prefixesOf(held).includes(prefixToAsk(wanted)) && isMeant(held, wanted);
        expect(isFound).toBe(Array.from(wanted).length < 3 ? held === wanted : held.startsWith(wanted));
      }),
      parameters,
    );
  });
});
