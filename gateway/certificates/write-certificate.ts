import { AFRelationship, PDFDocument } from '@cantoo/pdf-lib';
import type { HistoryVersion } from '@pledgeonce/chaincode/api.js';
import fontkit from '@cantoo/fontkit';
import type { Language } from '../people/preferences.js';
import { showsAll } from './certificate.js';
import type { Certificate } from './certificate.js';
import { drawCode } from './pdf/draw-code.js';
import { fontBytes } from './pdf/font.js';
import { paper, Sheet } from './pdf/sheet.js';
import { rowsOf } from './rows-of.js';
import { wordsIn } from './words.js';
import { writeMoment } from './write-values.js';

/** Name of the file in a certificate that proves it. */
export const evidenceName = 'evidence.json';
const codeSide = 104;

export interface Printed {
  readonly certificate: Certificate;
  readonly language: Language;
  /** What the issuer calls itself. */
  readonly issuer: string;
  /** Of the public page, with the code. */
  readonly address: string;
  /** Of a claim: what happened to it so far. */
  readonly versions: readonly Pick<HistoryVersion, 'state' | 'at' | 'transactionId'>[];
  /** What proves it, as JSON; absent where it would show what is to be hidden. */
  readonly evidence: string | undefined;
}

/** Makes the document of a certificate. The same content gives the same bytes. */
export async function writeCertificate(printed: Printed): Promise<Uint8Array> {
  const { certificate, language, issuer, evidence } = printed;
  const { words, valueOf } = wordsIn(language);
  const isClaim = certificate.kind === 'claim';
  const title = isClaim ? words.claimTitle : words.verificationTitle;
  const document = await PDFDocument.create({ updateMetadata: false });
  document.registerFontkit(fontkit);
  const font = await document.embedFont(await fontBytes(), { subset: true });
  const issued = new Date(certificate.at);
  document.setTitle(title, { showInWindowTitleBar: true });
  document.setLanguage(language === 'zh' ? 'zh-CN' : 'en');
  document.setAuthor(issuer);
  document.setCreator('PledgeOnce');
  document.setCreationDate(issued);
  const sheet = new Sheet(document.addPage([paper.width, paper.height]), font);
  sheet.write('PledgeOnce', { size: 9, faint: true });
  sheet.write(title, { size: 22 });
  sheet.down(6);
  sheet.write(isClaim ? words.claimText : words.verificationText);
  sheet.rule();
  for (const [label, value, isFaint] of rowsOf(certificate, issuer, language))
    sheet.row(label, value, isFaint);
  if (printed.versions.length > 0) {
    sheet.rule();
    sheet.write(words.history, { size: 12 });
    sheet.down(3);
    for (const { state, at, transactionId } of printed.versions.slice(-8)) {
      sheet.row(
        valueOf(state),
        `${writeMoment(at, language)} · ${words.transaction} ${transactionId.slice(0, 16)}…`,
      );
    }
  }
  sheet.rule();
  writeChecks(sheet, printed);
  if (evidence !== undefined) {
    await document.attach(Buffer.from(evidence), evidenceName, {
      mimeType: 'application/json',
      description: title,
      creationDate: issued,
      modificationDate: issued,
      afRelationship: AFRelationship.Data,
    });
  }
  return document.save();
}

/** How it is checked: the code and the address of the public page, and what the attached file proves. */
function writeChecks(sheet: Sheet, { certificate, language, address, evidence }: Printed): void {
  const { words } = wordsIn(language);
  const isClaim = certificate.kind === 'claim';
  const top = sheet.y - 4;
  drawCode(sheet.page, address, { x: paper.margin, y: top, side: codeSide });
  const beside = { x: paper.margin + codeSide + 18 };
  sheet.write(words.check, { ...beside, size: 12 });
  sheet.write(words.checkText, { ...beside, size: 9 });
  sheet.write(address, { ...beside, size: 9 });
  sheet.down(5);
  sheet.write(words.offline, { ...beside, size: 12 });
  if (evidence !== undefined) {
    sheet.write(isClaim ? words.offlineClaim : words.offlineVerification, { ...beside, size: 9 });
  }
  if (!showsAll(certificate)) {
    sheet.write(isClaim ? words.withoutRecord : words.withoutAnswer, { ...beside, size: 9, faint: true });
  }
}
