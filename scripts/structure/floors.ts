/**
 * The floors of `chaincode/`, the lowest first: a file imports from its own floor only within its folder, and else from
 * lower ones. The first floor whose pattern fits is a file's.
 */
export const floors: readonly { readonly name: string; readonly files: RegExp }[] = [
  {
    name: 'surface',
    files:
      /^(errors|events|schemas|roles|api|permissions|bounded-messages|der|low-s)\.ts$|\/(api|permissions)\.ts$/,
  },
  { name: 'tracing', files: /^tracing\// },
  { name: 'rules', files: /^rules\/|^offshore\/rules\/|^(catalogue|clock)\.ts$/ },
  { name: 'ledger', files: /^ledger\// },
  // What is stored may be read by every domain; what is done with it belongs to the domain above.
  { name: 'records', files: /\/records\.ts$/ },
  { name: 'members', files: /^members\// },
  { name: 'registry', files: /^registry\// },
  { name: 'underlyings', files: /^underlyings\// },
  { name: 'firms', files: /^firms\// },
  { name: 'near-duplicates', files: /^near-duplicates\// },
  { name: 'facts', files: /^facts\// },
  { name: 'draws', files: /^draws\// },
  { name: 'authorisations', files: /^authorisations\// },
  { name: 'credit', files: /^credit\// },
  { name: 'consents', files: /^consents\// },
  { name: 'debts', files: /^debts\// },
  { name: 'letters-of-credit', files: /^letters-of-credit\// },
  { name: 'insurance', files: /^insurance\// },
  { name: 'claims', files: /^claims\// },
  { name: 'offshore', files: /^offshore\// },
  { name: 'payments', files: /^payments\// },
  { name: 'payees', files: /^payees\// },
  { name: 'own-documents', files: /^own-documents\// },
  { name: 'objections', files: /^objections\// },
  { name: 'take-on', files: /^take-on\// },
  { name: 'reconciliations', files: /^reconciliations\// },
  { name: 'offers', files: /^offers\// },
  { name: 'loans', files: /^loans\// },
  { name: 'probing', files: /^probing\// },
  { name: 'audit', files: /^audit\// },
  { name: 'contract', files: /^(verbs|execute|handle|contract|index|log-fault|quiet-shim)\.ts$/ },
];

/** Arrows that run back up, each because two domains write one transaction. There are to be at most five. */
export const exceptions: readonly { readonly from: string; readonly to: RegExp; readonly reason: string }[] =
  [
    {
      from: 'near-duplicates',
      to: /^facts\/(latest|read)\.ts$/,
      reason: 'A look-alike is compared by what the document says now, to whoever may see it.',
    },
    {
      from: 'facts',
      to: /^insurance\/end-of-cover\.ts$/,
      reason:
        'The amendment or cancellation of a policy tells in the same transaction whose cover has ended.',
    },
    {
      from: 'insurance',
      to: /^claims\/load\.ts$/,
      reason: 'A promise to pay a bank is not released while one of its claims rests on it.',
    },
    {
      from: 'claims',
      to: /^offers\/award\.ts$/,
      reason: 'A claim that came of a tender awards the tender, or gives it up, in its own transaction.',
    },
    {
      from: 'offshore',
      to: /^payments\/marks\/take\.ts$/,
      reason: 'The report on a paper says whether a payment has marked its goods already.',
    },
  ];
