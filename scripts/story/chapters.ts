import type { Chapter } from './chapter.js';
import { exchangeRates } from './exchange-rates.js';
import { exportFinancing } from './export-financing.js';
import { freightPayment } from './freight-payment.js';
import { servicePayment } from './service-payment.js';

/** All chapters, in the order in which `--all` tells them. */
export const chapters: readonly Chapter[] = [exportFinancing, servicePayment, freightPayment, exchangeRates];
