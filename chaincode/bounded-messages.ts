import protobuf from 'google-protobuf';

const delimited = 2;
/** Of a number as messages write it: seven bits in each byte, and whether another one follows. */
const longest = 10;

// eslint-disable-next-line @typescript-eslint/unbound-method -- Called on the reader below.
const { nextField } = protobuf.BinaryReader.prototype;
/**
 * Protobuf messages are read by a library that believes what a text, a message or a list within says of its own length: it
 * goes on beyond the end, up to four thousand million bytes that are not there. Seven bytes of anybody's kept a program from
 * everything else for minutes. So each length is held against what is there before anything is read.
 *
 * Imported for this effect by whatever reads what others have sent: `scripts/structure` holds that every program does.
 */
protobuf.BinaryReader.prototype.nextField = function bounded(this: protobuf.BinaryReader): boolean {
  const isThere = nextField.call(this);
  if (isThere && (this.getWireType() as number) === delimited)
    assertThere(this.getBuffer(), this.getCursor());
  return isThere;
};

function assertThere(buffer: Uint8Array, cursor: number): void {
  let [length, factor, at] = [0, 1, cursor];
  for (const end = cursor + longest; at < end; at += 1) {
    const byte = buffer[at];
    if (byte === undefined) break;
    length += (byte & 0x7f) * factor;
    if (byte < 0x80) {
      if (length <= buffer.length - at - 1) return;
      break;
    }
    factor *= 0x80;
  }
  throw new Error('A field of the message claims more bytes than there are.');
}
