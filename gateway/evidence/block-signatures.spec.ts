import 'reflect-metadata';
import { KeyObject, X509Certificate, sign, webcrypto } from 'node:crypto';
import { common, msp } from '@hyperledger/fabric-protos';
import { BasicConstraintsExtension, X509CertificateGenerator } from '@peculiar/x509';
import { headerBytes } from './block-header.js';
import { checkBlockSignatures, quorum } from './block-signatures.js';
import type { ChannelConfiguration } from './channel-configuration.js';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const span = { notBefore: new Date('2026-01-01'), notAfter: new Date('2036-01-01') };
const header = { number: 7, previousHash: Buffer.alloc(32, 1), dataHash: Buffer.alloc(32, 2) };

interface Node {
  readonly certificate: Buffer;
  readonly key: KeyObject;
}

async function keys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
}

/** An authority and the nodes that it certifies, as orderers unless told otherwise. */
async function organisation(units: readonly string[]): Promise<{ root: X509Certificate; nodes: Node[] }> {
  const authority = await keys();
  const root = await X509CertificateGenerator.createSelfSigned(
    {
      ...span,
      name: 'CN=ca',
      keys: authority,
      signingAlgorithm: algorithm,
      extensions: [new BasicConstraintsExtension(true, 1, true)],
    },
    webcrypto,
  );
  const nodes = await Promise.all(
    units.map(async (unit, index): Promise<Node> => {
      const own = await keys();
      const certificate = await X509CertificateGenerator.create(
        {
          ...span,
          serialNumber: `0${index + 1}`,
          subject: `CN=node${index}, OU=${unit}`,
          issuer: root.subject,
          publicKey: own.publicKey,
          signingKey: authority.privateKey,
          signingAlgorithm: algorithm,
        },
        webcrypto,
      );
      return { certificate: Buffer.from(certificate.toString('pem')), key: KeyObject.from(own.privateKey) };
    }),
  );
  return { root: new X509Certificate(Buffer.from(root.rawData)), nodes };
}

function configurationOf(
  root: X509Certificate,
  consenters: ChannelConfiguration['consenters'],
): ChannelConfiguration {
  const authorities = new Map([['CustomsMSP', { roots: [root], intermediates: [] }]]);
  return { channel: 'trade', sequence: 0, authorities, ordererMsps: new Set(['CustomsMSP']), consenters };
}

function blockWith(signatures: readonly ((value: Uint8Array) => common.MetadataSignature)[]): common.Block {
  const ordering = new common.OrdererBlockMetadata();
  const last = new common.LastConfig();
  last.setIndex(3);
  ordering.setLastConfig(last);
  const value = ordering.serializeBinary();
  const metadata = new common.Metadata();
  metadata.setValue(value);
  metadata.setSignaturesList(signatures.map((one) => one(value)));
  const entries = new common.BlockMetadata();
  entries.setMetadataList([metadata.serializeBinary()]);
  const block = new common.Block();
  block.setMetadata(entries);
  return block;
}

/** As SmartBFT signs: the node is named by its number. */
function byNumber(number: number, { key }: Node, over = header) {
  return (value: Uint8Array) => {
    const identifier = new common.IdentifierHeader();
    identifier.setIdentifier(number);
    identifier.setNonce(Buffer.alloc(24, number));
    const bytes = identifier.serializeBinary();
    const signature = new common.MetadataSignature();
    signature.setIdentifierHeader(bytes);
    signature.setSignature(sign('sha256', Buffer.concat([value, bytes, headerBytes(over)]), key));
    return signature;
  };
}

/** As Raft and the embedded network sign: the node shows its certificate. */
function byCertificate({ certificate, key }: Node) {
  return (value: Uint8Array) => {
    const identity = new msp.SerializedIdentity();
    identity.setMspid('CustomsMSP');
    identity.setIdBytes(certificate);
    const creator = new common.SignatureHeader();
    creator.setCreator(identity.serializeBinary());
    const bytes = creator.serializeBinary();
    const signature = new common.MetadataSignature();
    signature.setSignatureHeader(bytes);
    signature.setSignature(sign('sha256', Buffer.concat([value, bytes, headerBytes(header)]), key));
    return signature;
  };
}

describe('signatures of a block', () => {
  it.each([
    [1, 1],
    [4, 3],
    [5, 4],
    [7, 5],
    [10, 7],
  ])('of %d SmartBFT nodes need %d', (nodes, needed) => {
    const one = { mspId: 'CustomsMSP', certificate: Buffer.alloc(0) };
    expect(quorum({ consenters: new Map(Array.from({ length: nodes }, (_, id) => [id, one])) })).toBe(needed);
  });

  it('hold with three of four SmartBFT nodes, and not with one of them twice or over another block', async () => {
    const { root, nodes } = await organisation(['orderer', 'orderer', 'orderer', 'orderer']);
    const configuration = configurationOf(
      root,
      new Map(nodes.map(({ certificate }, index) => [index + 1, { mspId: 'CustomsMSP', certificate }])),
    );
    const [first, second, third] = nodes as [Node, Node, Node];
    const three = blockWith([byNumber(1, first), byNumber(2, second), byNumber(3, third)]);
    const { lastConfiguration, signers } = checkBlockSignatures(three, header, configuration);
    expect([lastConfiguration, signers.length]).toEqual([3, 3]);
    for (const poor of [
      [byNumber(1, first), byNumber(2, second)],
      [byNumber(1, first), byNumber(2, second), byNumber(2, second)],
      [byNumber(1, first), byNumber(2, second), byNumber(4, third)],
      [byNumber(1, first), byNumber(2, second), byNumber(9, third)],
      [byNumber(1, first), byNumber(2, second), byCertificate(third)],
      [byNumber(1, first), byNumber(2, second), byNumber(3, third, { ...header, number: 8 })],
    ]) {
      expect(() => checkBlockSignatures(blockWith(poor), header, configuration)).toThrow('3 are needed');
    }
  });

  it('hold with one orderer that shows its certificate, and not with a client or a stranger', async () => {
    const { root, nodes } = await organisation(['orderer', 'client']);
    const [orderer, client] = nodes as [Node, Node];
    const configuration = configurationOf(root, undefined);
    expect(
      checkBlockSignatures(blockWith([byCertificate(orderer)]), header, configuration).signers,
    ).toHaveLength(1);
    expect(() => checkBlockSignatures(blockWith([byCertificate(client)]), header, configuration)).toThrow(
      '1 are needed',
    );
    const stranger = (await organisation(['orderer'])).nodes as [Node];
    expect(() =>
      checkBlockSignatures(blockWith([byCertificate(stranger[0])]), header, configuration),
    ).toThrow('signed by 0 ordering nodes');
  });
});
