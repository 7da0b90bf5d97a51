/** One line of a result: what was measured and its figures, already as text. */
export type Row = readonly string[];

/** A table whose columns line up, numbers to the right. */
export function table(head: Row, rows: readonly Row[]): string {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => (row[column] ?? '').length)));
  const line = (row: Row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ');
  return [line(head), widths.map((width) => '-'.repeat(width)).join('  '), ...rows.map(line)].join('\n');
}

export const ratio = (value: number): string => `${value.toFixed(2)}x`;
export const count = (value: number): string => Math.round(value).toLocaleString('en-GB');
export const micros = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} us`;
export const millis = (value: number): string => `${value.toFixed(2)} ms`;

/**
 * How fast this machine is right now: hashes per second of a fixed text. Absolute figures of two runs may be compared
 * only beside it.
 */
export async function calibration(): Promise<string> {
  const { createHash } = await import('node:crypto');
  const text = 'x'.repeat(1_024);
  const startedMs = performance.now();
  let hashes = 0;
  for (; performance.now() - startedMs < 200; hashes++) createHash('sha256').update(text).digest();
  return `calibration: ${count(hashes * 5)} SHA-256 of 1 KiB per second on one core`;
}
