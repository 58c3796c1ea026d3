/** What a cell may say for a word of the API, in Chinese as the console says it; English words stand for themselves. */
const chineseWords: ReadonlyMap<string, string> = new Map([
  ['出口押汇', 'discount'],
  ['保理', 'factoring'],
  ['发票融资', 'invoice'],
  ['订单融资', 'order'],
  ['信保融资', 'insured'],
  ['仓单质押融资', 'warehouse'],
  ['线上贷款', 'micro-loan'],
  ['已放款', 'disbursed'],
  ['部分还款', 'partly-repaid'],
  ['逾期', 'overdue'],
  ['报关单', 'customs-declaration'],
  ['商业发票', 'commercial-invoice'],
  ['税务发票', 'tax-invoice'],
  ['提单', 'bill-of-lading'],
  ['铁路运单', 'rail-waybill'],
  ['仓单', 'warehouse-receipt'],
  ['买方信用限额', 'buyer-limit'],
  ['出运申报', 'declared-shipment'],
  ['信用证', 'letter-of-credit'],
  ['采购订单', 'purchase-order'],
]);

/** A word of the API, however its cell spells it. */
export function wordOf(text: string): string {
  const plain = text.normalize('NFKC').trim();
  return chineseWords.get(plain) ?? plain.toLowerCase().replace(/[\s_]+/gu, '-');
}
