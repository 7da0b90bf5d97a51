import type { DayResult } from './run-day.ts';

const FAULTS_SHOWN_MAX = 20;
const WIDTH = 30;
const number = (value: number) => value.toLocaleString('en-GB');

/** What the command says at the end. */
export function describeDay(
  result: DayResult,
  about: {
    readonly rows: number;
    readonly leftOut: { readonly charges: number; readonly unreadable: number };
    readonly day: string;
    readonly asOf: string;
    readonly seed: number;
  },
): string {
  const { steps, webhooks, inbox, faults } = result;
  const row = (what: string, text: string) => `  ${what.padEnd(WIDTH)}${text}`;
  const counts = (of: Readonly<Record<string, number>>) =>
    Object.entries(of)
      .map(([name, count]) => `${number(count)} ${name.toLowerCase()}`)
      .join(', ');
  return [
    '',
    row(`${about.day} as of ${about.asOf}`, `${number(about.rows)} rows, seed ${about.seed}`),
    row(
      'traded',
      `${number(steps.SALE)} sales and ${number(steps.RETURN)} returns in two stores, ${number(steps.ORDER)} web orders, ${number(steps.WRITE_OFF)} write-offs`,
    ),
    row(
      'left out',
      `${number(about.leftOut.charges)} rows of carriage and fees, ${number(about.leftOut.unreadable)} that mean nothing`,
    ),
    row('webhooks of the POS', counts(webhooks)),
    row('calls to the POS', counts(result.calls.pos)),
    row('calls to Tryton', counts(result.calls.tryton)),
    ...Object.entries(inbox).map(([source, outcomes]) => row(`messages of ${source}`, counts(outcomes))),
    row('compared', `${number(result.positions)} positions, ${number(result.differences)} differ`),
    row('planted', `${result.planted} differences, ${result.found} exceptions`),
    '',
    faults.length === 0
      ? '  Sound: the books agree position by position, nothing is lost, nothing was posted twice.'
      : `  ${number(faults.length)} FAULTS`,
    ...faults.slice(0, FAULTS_SHOWN_MAX).map((fault) => `    ${fault}`),
  ].join('\n');
}
