import { limitOf, overdrafts } from '@pledgeonce/chaincode/rules/evidence/limit.js';
import type { Trade } from '@pledgeonce/chaincode/rules/trade.js';
import { wholeTrade } from '@pledgeonce/chaincode/testing/sketched-trade.js';

/** The machine does other work too: the fastest of so many runs says what the rule itself takes. */
const runs = 60;
const noRates = new Map();

/** Prints how long the rule takes on a trade of 500 documents and 500 draws, the largest that the ledger holds. */
for (const shape of ['cited', 'bill'] as const) {
  const trade = wholeTrade(shape, 250);
  const measured = {
    'one limit': () => oneLimit(trade),
    overdrafts: () => overdrafts(trade, noRates),
  };
  for (const [what, work] of Object.entries(measured)) {
    const fastest = Math.min(...Array.from({ length: runs }, () => timeOf(work)));
    console.log(`${shape.padEnd(6)} ${what.padEnd(12)} ${fastest.toFixed(1)} ms`);
  }
}

function oneLimit(trade: Trade): unknown {
  const [row] = trade.rows;
  return row && limitOf(trade, row, noRates);
}

function timeOf(work: () => unknown): number {
  const start = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - start) / 1e6;
}
