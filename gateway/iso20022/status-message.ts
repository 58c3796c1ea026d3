import type { ClaimView } from '@pledgeonce/chaincode/api.js';
import type { KeptItem, KeptRequest } from './kept-requests.js';
import { statusSpace } from './messages.js';
import { writeXml, type Written } from './write-xml.js';

/** Longest reasons that the message carries. */
const longestCode = 35;
const longestText = 105;

/** An invoice of the message, and its claim as it stands. */
export interface ItemStatus {
  readonly item: KeptItem;
  readonly claim?: Pick<ClaimView, 'state' | 'amount'> | undefined;
}

/** What became of a request to cancel. */
export interface Cancelled {
  readonly accepted: boolean;
  readonly code?: string;
  readonly reasons: readonly string[];
}

export interface StatusParts {
  /** Of this very message. */
  readonly id: string;
  readonly at: Date;
  readonly request: KeptRequest;
  readonly items: readonly ItemStatus[];
  readonly cancelled?: Cancelled;
}

type State = ClaimView['state'];
/** The balance is restored: nothing is financed. */
const ended: ReadonlySet<State> = new Set(['withdrawn', 'rejected', 'expired']);
/** The money has not been paid out yet. */
const open: ReadonlySet<State> = new Set(['reserved', 'accepted']);

/** Writes an InvoiceFinancingRequestStatus (tsin.002.001.01). */
export function writeStatus({ id, at, request, items, cancelled }: StatusParts): string {
  const { bic, id: agentId, idType } = request.agent;
  const ofAgent: Written = [
    'FrstAgt',
    [
      agentId === undefined || idType === undefined
        ? undefined
        : [
            'PrtryId',
            [
              ['Id', agentId],
              ['IdTp', idType],
            ],
          ],
      bic === undefined ? undefined : ['BIC', bic],
    ],
  ];
  return writeXml(statusSpace, [
    'Document',
    [
      [
        'InvcFincgReqSts',
        [
          [
            'StsId',
            [
              ['Id', id],
              ['CreDtTm', at.toISOString()],
            ],
          ],
          [
            'OrgnlReqInfAndSts',
            [
              ['Id', request.group],
              ['CreDtTm', request.createdAt],
              ['FincgRqstr', [['PtyId', [['Nm', request.requestor]]]]],
              ofAgent,
              cancelled === undefined ? ['VldtnStsInf', [['Sts', 'RCCF']]] : undefined,
              cancelled === undefined
                ? undefined
                : [
                    'CxlStsInf',
                    [
                      ['Sts', cancelled.accepted ? 'PACK' : 'REJT'],
                      ...reasonsOf(cancelled.code, cancelled.reasons),
                    ],
                  ],
            ],
          ],
          ['FincgInfAndSts', items.map(detailsOf)],
        ],
      ],
    ],
  ]);
}

function detailsOf({ item, claim }: ItemStatus): Written {
  const { number, total, issuedOn, dueOn, supplier } = item;
  return [
    'InvcFincgDtls',
    [
      [
        'OrgnlInvcInf',
        [
          ['DocNb', number],
          ['TtlInvcAmt', total.amount, { Ccy: total.currency }],
          ['IsseDt', issuedOn],
          dueOn === undefined ? undefined : ['PmtDueDt', dueOn],
        ],
      ],
      ['Spplr', supplier === undefined ? [] : [['Nm', supplier]]],
      ['InvcFincgRslt', resultOf({ item, claim })],
    ],
  ];
}

/** Pending until the money is out, financed from then on, and not financed where nothing is held any more. */
function resultOf({ item, claim }: ItemStatus): readonly (Written | undefined)[] {
  if (claim === undefined) {
    const { refusal } = item;
    if (refusal === undefined) return [['FincgReqSts', 'PDNG']];
    return [['FincgReqSts', 'NTFD'], ...reasonsOf(refusal.code, [refusal.detail])];
  }
  const { state, amount } = claim;
  if (open.has(state)) return [['FincgReqSts', 'PDNG'], ...reasonsOf(state, [])];
  if (ended.has(state)) return [['FincgReqSts', 'NTFD'], ...reasonsOf(state, [])];
  const paid: Written = ['FincdAmt', [['Amt', amount.amount, { Ccy: amount.currency }]]];
  return [['FincgReqSts', 'FNCD'], ...reasonsOf(state, []), paid];
}

function reasonsOf(code: string | undefined, details: readonly string[]): readonly Written[] {
  return [
    ...(code === undefined ? [] : [['StsRsn', [['Prtry', code.slice(0, longestCode)]]] as const]),
    ...details.map((detail) => ['AddtlStsRsnInf', detail.slice(0, longestText)] as const),
  ];
}
