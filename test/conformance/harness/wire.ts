import protobuf from 'google-protobuf';

/** The fields of a message by their numbers: byte strings, and integers that are not zero. */
export interface Fields {
  readonly bytes: ReadonlyMap<number, readonly Uint8Array[]>;
  readonly integers: ReadonlyMap<number, number>;
}

const VARINT = 0;
const DELIMITED = 2;

/** Reads a message that the published protobuf package does not know yet. */
export function readFields(message: Uint8Array): Fields {
  const reader = new protobuf.BinaryReader(message);
  const bytes = new Map<number, Uint8Array[]>();
  const integers = new Map<number, number>();
  while (reader.nextField() && !reader.isEndGroup()) {
    const field = reader.getFieldNumber();
    const wireType: number = reader.getWireType();
    if (wireType === DELIMITED) {
      bytes.set(field, [...(bytes.get(field) ?? []), reader.readBytes()]);
    } else if (wireType === VARINT) {
      integers.set(field, reader.readUint32());
    } else {
      reader.skipField();
    }
  }
  return { bytes, integers };
}

/** The only byte string of a field, empty when it is missing. */
export function bytesOf(fields: Fields, field: number): Uint8Array {
  return fields.bytes.get(field)?.[0] ?? new Uint8Array();
}
