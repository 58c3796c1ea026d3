import { decodePDFRawStream, PDFDocument, PDFRawStream } from '@cantoo/pdf-lib';
import type { ClaimCertificate } from './certificate.js';
import { readAttachedEvidence } from './read-attachment.js';
import { rowsOf } from './rows-of.js';
import { writeCertificate } from './write-certificate.js';

const claim = {
  id: 'c'.repeat(64),
  state: 'accepted',
  applicationNumber: 'APP-1',
  enterprise: { scheme: 'USCC', id: '91330200MA2CKXQ85H' },
  amount: { amount: '1234567.50', currency: 'USD' },
  dueDate: '2026-12-01',
  lines: [],
} as unknown as ClaimCertificate['claim'];

const certificate: ClaimCertificate = {
  kind: 'claim',
  id: 'a'.repeat(32),
  code: 'b'.repeat(22),
  by: 'officer',
  at: '2026-11-28T10:00:00.000Z',
  shows: ['amount', 'dueDate'],
  claim,
  registeredAt: '2026-11-28T09:00:00.000Z',
};

const printed = {
  certificate,
  issuer: '宁波银行 Bank A',
  address: `https://bank.example/check/${certificate.code}`,
  versions: [{ state: 'reserved', at: certificate.registeredAt, transactionId: 'd'.repeat(64) }],
  evidence: '{"a":1}',
};

/** Letters that the fonts in a document say that they picture. */
async function letters(bytes: Uint8Array): Promise<string> {
  const document = await PDFDocument.load(bytes);
  const maps = document.context
    .enumerateIndirectObjects()
    .flatMap(([, object]) => (object instanceof PDFRawStream ? [object] : []))
    .map((stream) => Buffer.from(decodePDFRawStream(stream).decode()).toString('latin1'))
    .filter((text) => text.includes('beginbfchar'));
  const codes = maps.flatMap((text) => [...text.matchAll(/<[0-9A-F]{4}> <([0-9A-F]{4})>/gi)]);
  return codes.map(([, code = '']) => String.fromCharCode(Number.parseInt(code, 16))).join('');
}

describe('a certificate on paper', () => {
  it('says what its holder chose, and of the rest that it is not shown', () => {
    const rows = new Map(rowsOf(certificate, 'Bank A', 'en').map(([label, value]) => [label, value]));
    expect(rows.get('Amount')).toBe('USD 1,234,567.50');
    expect(rows.get('Due')).toBe('1 December 2026');
    expect(rows.get('Application number')).toBe('Not shown, as its holder chose');
    expect(rows.get('Registered')).toBe('28 November 2026 at 09:00:00 UTC');
    const text = JSON.stringify(rowsOf(certificate, 'Bank A', 'zh'));
    expect(text).toContain('2026年12月1日');
    expect(text).not.toContain('APP-1');
    expect(text).not.toContain(claim.enterprise.id);
  });

  it('brings the Chinese letters along that it uses, and not the whole font', async () => {
    const bytes = await writeCertificate({ ...printed, language: 'zh' });
    const used = await letters(bytes);
    for (const letter of '登记证明宁波银行') expect(used).toContain(letter);
    expect(bytes.length).toBeLessThan(300_000);
    expect(await readAttachedEvidence(bytes)).toBe('{"a":1}');
  });

  it('is the same, byte by byte, when it is made again', async () => {
    const [one, other] = [
      await writeCertificate({ ...printed, language: 'en' }),
      await writeCertificate({ ...printed, language: 'en' }),
    ];
    expect(Buffer.from(one).equals(Buffer.from(other))).toBe(true);
  });

  it('carries no evidence where that would show what is hidden, and no file that is none', async () => {
    const bytes = await writeCertificate({ ...printed, language: 'en', evidence: undefined });
    await expect(readAttachedEvidence(bytes)).rejects.toThrow('No evidence is attached');
    await expect(readAttachedEvidence(Buffer.from('%PDF-nothing'))).rejects.toThrow('cannot be read as PDF');
  });
});
