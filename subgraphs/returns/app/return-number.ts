/** Without letters and digits that are mistaken for each other. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 10;

/** The number that people use: the last 50 bits of the id, which are random in a UUIDv7. */
export function returnNumber(id: string): string {
  let bits = BigInt(`0x${id.replaceAll('-', '').slice(-13)}`);
  let text = '';
  for (let i = 0; i < LENGTH; i++) {
    text = `${ALPHABET[Number(bits & 31n)] ?? ''}${text}`;
    bits >>= 5n;
  }
  return `R-${text}`;
}
