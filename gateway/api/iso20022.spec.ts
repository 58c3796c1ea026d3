import { readFileSync } from 'node:fs';
import { LedgerError } from '@pledgeonce/chaincode/errors.js';
import type { ClaimInput, ClaimView } from '@pledgeonce/chaincode/api.js';
import request from 'supertest';
import type { Placed } from '../ledger/item-desk.js';
import { OutcomeUnknownError } from '../ledger/errors.js';
import { apiUnderTest } from './testing/api-under-test.js';
import type { ApiUnderTest } from './testing/api-under-test.js';
import { reservedClaim } from './testing/samples.js';

const page = readFileSync(new URL('../../../docs/how-to/iso20022.md', import.meta.url), 'utf8');
const example = /```xml\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
const two = example
  .replace(/(<InvcReqInf>[\s\S]*<\/InvcReqInf>)/, (one) => one + one.replace('24332', '24333'))
  .replace('<NbOfInvcReqs>1', '<NbOfInvcReqs>2')
  .replace('>100000.00</TtlBlkInvcAmt>', '>200000</TtlBlkInvcAmt>');

describe('messages of ISO 20022', () => {
  let api: ApiUnderTest;
  let officer: string;
  let reached: ClaimInput[];
  let answer: (input: ClaimInput) => Promise<Placed<ClaimView>>;

  beforeEach(async () => {
    reached = [];
    answer = () => Promise.resolve({ view: reservedClaim, transactionId: '7'.repeat(64) });
    api = await apiUnderTest('BankAMSP', {
      claims: {
        place: (_lane, _signatory, input) => {
          reached.push(input as ClaimInput);
          return answer(input as ClaimInput);
        },
      },
    });
    officer = await api.signIn('officer');
  });
  afterEach(() => api.close());

  const post = (body: string, { to = 'financing-requests', key = 'key-0001', as = officer } = {}) =>
    request(api.app)
      .post(`/api/v1/iso20022/${to}`)
      .set({ Authorization: as, 'Idempotency-Key': key, 'Content-Type': 'application/xml' })
      .send(body);
  const statuses = (text: string) =>
    [...text.matchAll(/<FincgReqSts>(\w+)<\/FincgReqSts>/g)].map(([, status]) => status);

  it('reserve a claim for each invoice, and are answered in kind', async () => {
    const response = await post(two);
    expect([response.status, response.type]).toEqual([200, 'application/xml']);
    expect(reached.map(({ applicationNumber, amount }) => [applicationNumber, amount.amount])).toEqual([
      ['FIN-2026-001/1', '60000.00'],
      ['FIN-2026-001/2', '60000.00'],
    ]);
    expect(response.text).toContain('urn:iso:std:iso:20022:tech:xsd:tsin.002.001.01');
    expect(statuses(response.text)).toEqual(['PDNG', 'PDNG']);
    const again = await request(api.app)
      .get('/api/v1/iso20022/financing-requests/FIN-2026-001')
      .set('Authorization', officer);
    expect([again.status, again.type, statuses(again.text)]).toEqual([
      200,
      'application/xml',
      ['PDNG', 'PDNG'],
    ]);
  });

  it('meet the same claims when they come again, from whomever, and have one content', async () => {
    await post(example);
    const colleague = await api.signIn('officer', 'colleague');
    expect((await post(example, { key: 'key-0002', as: colleague })).status).toBe(200);
    const [first, second] = reached;
    expect(second?.idempotencyKey).toBe(first?.idempotencyKey);
    const other = await post(example.replace('<Rate>60<', '<Rate>61<'), { key: 'key-0003' });
    expect(other.body).toMatchObject({
      code: 'IDEMPOTENCY_KEY_REUSED',
      field: 'InvcFincgReq/ReqGrpInf/GrpId',
    });
    expect(reached).toHaveLength(2);
  });

  it('say of each invoice why it is refused, or that it is not decided', async () => {
    answer = ({ applicationNumber }) =>
      Promise.reject(
        applicationNumber.endsWith('1')
          ? new LedgerError('EXCEEDS_BALANCE', {})
          : new OutcomeUnknownError('8'.repeat(64), {}),
      );
    const response = await post(two);
    expect(statuses(response.text)).toEqual(['NTFD', 'PDNG']);
    expect(response.text).toContain('<Prtry>EXCEEDS_BALANCE</Prtry>');
  });

  it('are refused whole when their shape is another, and nothing is reserved', async () => {
    const wrong = await post(example.replace(/<GrpId>.*<\/GrpId>/, ''));
    expect([wrong.status, wrong.type]).toEqual([400, 'application/problem+json']);
    expect(wrong.body).toMatchObject({ code: 'INPUT_INVALID', field: 'InvcFincgReq/ReqGrpInf/GrpId' });
    const untrue = await post(example.replace('<NbOfInvcReqs>1', '<NbOfInvcReqs>3'), { key: 'key-0002' });
    expect(untrue.body).toMatchObject({ field: 'InvcFincgReq/ReqGrpInf/NbOfInvcReqs' });
    const asJson = await post('{}').set('Content-Type', 'application/json');
    expect(asJson.body).toMatchObject({ code: 'UNSUPPORTED_MEDIA_TYPE' });
    const viewer = await api.signIn('viewer');
    expect((await post(example, { key: 'key-0004', as: viewer })).status).toBe(403);
    expect(reached).toEqual([]);
  });

  it('take nothing back that did not come', async () => {
    const message = `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:tsin.003.001.01"><InvcFincgCxlReq>
      <CxlReqId><Id>C-1</Id><CreDtTm>2026-11-26T09:30:00</CreDtTm></CxlReqId>
      <CxlReqInf><OrgnlGrpId>FIN-2026-001</OrgnlGrpId><OrgnlCreDtTm>2026-11-25T09:31:00Z</OrgnlCreDtTm>
      <FincgRqstr><PtyId><Nm>Ningbo</Nm></PtyId></FincgRqstr><FrstAgt/></CxlReqInf></InvcFincgCxlReq></Document>`;
    const unknown = await post(message, { to: 'cancellation-requests' });
    expect([unknown.status, unknown.body]).toMatchObject([404, { code: 'CLAIM_NOT_FOUND' }]);
    await post(example, { key: 'key-0002' });
    const other = await post(message, { to: 'cancellation-requests', key: 'key-0003' });
    expect(other.body).toMatchObject({ field: 'InvcFincgCxlReq/CxlReqInf/OrgnlCreDtTm' });
  });
});
