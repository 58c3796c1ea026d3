import { audit } from './audit.js';
import type { Chapter } from './chapter.js';
import { corridor } from './corridor.js';
import { creditQuery } from './credit-query.js';
import { dayOne } from './day-one.js';
import { dishonestExporter } from './dishonest-exporter.js';
import { exchangeRates } from './exchange-rates.js';
import { exportCreditInsurance } from './export-credit-insurance.js';
import { exportFinancing } from './export-financing.js';
import { freightPayment } from './freight-payment.js';
import { letterOfCredit } from './letter-of-credit.js';
import { instalments } from './instalments.js';
import { lifeCycle } from './life-cycle.js';
import { matchmaking } from './matchmaking.js';
import { microLoan } from './micro-loan.js';
import { monthEnd } from './month-end.js';
import { objection } from './objection.js';
import { purchaseOrder } from './purchase-order.js';
import { participation } from './participation.js';
import { reverseFactoring } from './reverse-factoring.js';
import { offshoreTrade } from './offshore-trade.js';
import { servicePayment } from './service-payment.js';

/** All chapters, in the order in which `--all` tells them. */
export const chapters: readonly Chapter[] = [
  exportFinancing,
  exportCreditInsurance,
  creditQuery,
  matchmaking,
  microLoan,
  servicePayment,
  freightPayment,
  corridor,
  offshoreTrade,
  exchangeRates,
  lifeCycle,
  objection,
  reverseFactoring,
  purchaseOrder,
  instalments,
  participation,
  letterOfCredit,
  dayOne,
  monthEnd,
  dishonestExporter,
  audit,
];
