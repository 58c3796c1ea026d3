import protobuf from 'google-protobuf';

/**
 * Protobuf messages are read by a library that believes what a text says of its own length: it goes on beyond the end of the
 * message, up to two thousand million bytes that are not there. Seven bytes of anybody's kept a program from everything else
 * for a minute. Byte strings it checks; so texts are read as what they are.
 *
 * Imported for this effect by whatever reads what others have sent: `scripts/structure` holds that every program does.
 */
protobuf.BinaryReader.prototype.readString = function readString(this: protobuf.BinaryReader): string {
  const bytes = this.readBytes();
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
};
