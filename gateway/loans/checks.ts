import { formatMoney, parseMoney } from '@pledgeonce/chaincode/rules/money.js';
import { documentChecks } from './document-checks.js';
import type { Application, Finding, LoanFacts } from './judged.js';
import type { LoanRules } from './rules.js';
import { show } from './show.js';

export type Check = (rules: LoanRules, application: Application, facts: LoanFacts) => Finding[];

const declined = (rule: string, detail: string): Finding => ({ rule, outcome: 'declined', detail });
const referred = (rule: string, detail: string): Finding => ({ rule, outcome: 'referred', detail });

/** A finding if the condition holds. */
const when = (condition: boolean, finding: () => Finding): Finding[] => (condition ? [finding()] : []);

/** Amount and limits of the currency applied for; nothing is known of another one. */
const amountCheck: Check = ({ currencies }, { amount }, { open }) => {
  const { minor, currency } = parseMoney(amount, 'amount');
  const limits = currencies[currency];
  if (limits === undefined) return [declined('currency', `The bank gives no online loans in ${currency}.`)];
  const limit = (text: string) => parseMoney({ amount: text, currency }, 'limit').minor;
  const owed = open
    .filter((one) => one.currency === currency)
    .reduce((sum, one) => sum + parseMoney(one, 'open', 'allow-zero').minor, 0n);
  const { largest, referFrom, perEnterprise } = limits;
  return [
    ...when(minor > limit(largest), () =>
      declined('largest-amount', `Online loans go up to ${currency} ${largest}.`),
    ),
    ...when(referFrom !== undefined && minor >= limit(referFrom), () =>
      referred('refer-amount', `From ${currency} ${referFrom ?? ''} on a person decides.`),
    ),
    ...when(owed + minor > limit(perEnterprise), () =>
      declined(
        'enterprise-limit',
        `With ${show(formatMoney(owed, currency))} open, this would exceed the limit of ${currency} ${perEnterprise} for one enterprise.`,
      ),
    ),
    ...when(
      open.some((one) => one.currency !== currency),
      () => referred('other-currency', 'Online loans in another currency are open; a person weighs them.'),
    ),
  ];
};

const tenorCheck: Check = ({ tenorDays: { largest, referFrom } }, { tenorDays }) => [
  ...when(tenorDays > largest, () =>
    declined('largest-tenor', `Online loans run for ${largest} days at most.`),
  ),
  ...when(referFrom !== undefined && tenorDays >= referFrom, () =>
    referred('refer-tenor', `From ${referFrom ?? 0} days on a person decides.`),
  ),
];

const directoryCheck: Check = ({ excludedClasses }, _application, { records }) => {
  const basic = records.find((record) => record.category === 'basic');
  if (basic === undefined) {
    return [referred('no-record', 'The regulator has no basic record of the enterprise.')];
  }
  return [
    ...when(basic.directoryStatus !== 'listed', () =>
      declined('directory', `The enterprise is ${basic.directoryStatus} in the directory.`),
    ),
    ...when(excludedClasses.includes(basic.class), () =>
      declined('excluded-class', `The bank gives no online loans to class ${basic.class}.`),
    ),
  ];
};

const historyCheck: Check = ({ history }, _application, { records, today, settledClaims }) => {
  const basic = records.find((record) => record.category === 'basic');
  const trade = records.find((record) => record.category === 'trade-credit');
  const years = trade?.years.filter(({ exports }) => parseMoney(exports, 'exports', 'allow-zero').minor > 0n);
  const { listedMonths, exportYears } = history;
  // What is not on record is neither enough nor too little: a person asks.
  const months = basic?.listedSince === undefined ? undefined : monthsBetween(basic.listedSince, today);
  const judge = (known: number | undefined, needed: number) =>
    known === undefined ? (needed > 0 ? referred : undefined) : known < needed ? declined : undefined;
  const listed = judge(months, listedMonths)?.(
    'listed-months',
    `${listedMonths} months in the directory are needed, ${months ?? 'none'} are on record.`,
  );
  const exported = judge(years?.length, exportYears)?.(
    'export-years',
    `${exportYears} years with exports are needed, ${years?.length ?? 'none'} are on record.`,
  );
  return [
    ...(listed === undefined ? [] : [listed]),
    ...(exported === undefined ? [] : [exported]),
    ...when(settledClaims < history.settledClaims, () =>
      declined('settled-claims', `${history.settledClaims} repaid claims at this bank are needed.`),
    ),
  ];
};

const penaltyCheck: Check = ({ penalties: rule }, _application, { records, today }) => {
  const regulatory = records.find((record) => record.category === 'regulatory');
  if (rule === undefined || regulatory === undefined) return [];
  const recent = regulatory.penalties.filter(({ date }) => monthsBetween(date, today) < rule.withinMonths);
  return when(recent.length >= rule.referFrom, () =>
    referred('penalties', `${recent.length} penalties within ${rule.withinMonths} months.`),
  );
};

const matchRatioCheck: Check = ({ matchRatio: rule }, _application, { records }) => {
  const trade = records.find((record) => record.category === 'trade-credit');
  const latest = trade?.years.reduce((last, year) => (year.year > last.year ? year : last));
  return when(
    rule !== undefined && latest !== undefined && millionths(latest.matchRatio) < millionths(rule.referBelow),
    () => referred('match-ratio', `The match ratio of the latest year is ${latest?.matchRatio ?? ''}.`),
  );
};

/** Every rule; the order is the one of the reasons. */
export const checks: readonly Check[] = [
  amountCheck,
  tenorCheck,
  directoryCheck,
  historyCheck,
  documentChecks,
  penaltyCheck,
  matchRatioCheck,
];

/** Whole months from a day to a later one, both YYYY-MM-DD. */
function monthsBetween(from: string, to: string): number {
  const [startYear = 0, startMonth = 0, startDay = 0] = from.split('-').map(Number);
  const [endYear = 0, endMonth = 0, endDay = 0] = to.split('-').map(Number);
  return (endYear - startYear) * 12 + endMonth - startMonth - (endDay < startDay ? 1 : 0);
}

function millionths(decimal: string): bigint {
  const [whole = '', fraction = ''] = decimal.split('.');
  return BigInt(whole + fraction.padEnd(6, '0'));
}
