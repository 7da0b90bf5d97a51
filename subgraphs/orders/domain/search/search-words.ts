/** A word shorter than this is found only as a whole. */
const PREFIX_LENGTH_MIN = 3;

/** A word is found by beginnings of these lengths; whoever asks for another length asks for the next shorter one. */
const PREFIX_LENGTHS = [3, 5, 8, 12, 18, 27] as const;

/** What is beyond it distinguishes no words. */
export const WORD_LENGTH_MAX = 40;

const MARKS = /\p{M}+/gu;
const BETWEEN_WORDS = /[^\p{L}\p{N}]+/u;

/**
 * The words of a text, each once, as they are compared: accents, case and width make no difference. Unicode NFKD, case
 * folding, without marks; whatever is neither letter nor digit is between words.
 */
export function wordsOf(text: string): readonly string[] {
  const words = foldCase(text.normalize('NFKD')).normalize('NFKD').replace(MARKS, '').split(BETWEEN_WORDS);
  return [...new Set(words.filter((word) => word !== '').map((word) => firstOf(word, WORD_LENGTH_MAX)))];
}

/** By way of upper case, because some letters have a form in common only there; of the two small sigmas one is meant. */
function foldCase(text: string): string {
  return text.toLowerCase().toUpperCase().toLowerCase().replaceAll('ς', 'σ');
}

/** What `word` is found by. */
export function prefixesOf(word: string): readonly string[] {
  const { length } = Array.from(word);
  if (length < PREFIX_LENGTH_MIN) return [word];
  return PREFIX_LENGTHS.filter((each) => each <= length).map((each) => firstOf(word, each));
}

/** The one of its prefixes that every word has that begins with `asked`; the others that have it are to be left out. */
export function prefixToAsk(asked: string): string {
  return prefixesOf(asked).at(-1) ?? asked;
}

/** Whether somebody who asks for `asked` means `word`. */
export function isMeant(word: string, asked: string): boolean {
  return Array.from(asked).length < PREFIX_LENGTH_MIN ? word === asked : word.startsWith(asked);
}

/** By code points, so that none is torn apart. */
const firstOf = (word: string, length: number): string => Array.from(word).slice(0, length).join('');
