// Zip archives, as small as the tests need them: files that are stored, and files that are packed with deflate.

import { writeFile, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { crc32, inflateRawSync } from 'node:zlib';

const SIZES = (crc, length) => {
  const sizes = Buffer.alloc(12);
  sizes.writeUInt32LE(crc, 0);
  sizes.writeUInt32LE(length, 4);
  sizes.writeUInt32LE(length, 8);
  return sizes;
};

const numbers = (...all) => {
  const bytes = Buffer.alloc(all.length * 2);
  all.forEach((number, at) => bytes.writeUInt16LE(number, at * 2));
  return bytes;
};

/** An archive of files, each `[name, bytes]`, as they are. */
export function zipped(files) {
  const parts = [];
  const listed = [];
  let offset = 0;
  for (const [name, bytes] of files) {
    const path = Buffer.from(name);
    const sizes = SIZES(crc32(bytes), bytes.length);
    const head = [numbers(20, 0, 0, 0, 0x21), sizes, numbers(path.length, 0)];
    const at = Buffer.alloc(4);
    at.writeUInt32LE(offset);
    listed.push(Buffer.from('PK\x01\x02'), numbers(20), ...head, numbers(0, 0, 0, 0, 0), at, path);
    const own = Buffer.concat([Buffer.from('PK\x03\x04'), ...head, path, bytes]);
    parts.push(own);
    offset += own.length;
  }
  const list = Buffer.concat(listed);
  const end = Buffer.alloc(8);
  end.writeUInt32LE(list.length, 0);
  end.writeUInt32LE(offset, 4);
  return Buffer.concat([...parts, list, Buffer.from('PK\x05\x06'), numbers(0, 0, files.length, files.length), end, numbers(0)]);
}

/** Writes the files of an archive into a folder; answers their names. */
export async function unzip(archive, folder) {
  const names = [];
  const end = archive.lastIndexOf(Buffer.from('PK\x05\x06'));
  let at = archive.readUInt32LE(end + 16);
  for (let count = archive.readUInt16LE(end + 10); count > 0; count -= 1) {
    const [nameLength, extra, comment] = [28, 30, 32].map((place) => archive.readUInt16LE(at + place));
    const name = archive.toString('utf8', at + 46, at + 46 + nameLength);
    const local = archive.readUInt32LE(at + 42);
    const begin = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    const packed = archive.subarray(begin, begin + archive.readUInt32LE(at + 20));
    const bytes = archive.readUInt16LE(at + 10) === 0 ? packed : inflateRawSync(packed);
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), bytes);
    names.push(name);
    at += 46 + nameLength + extra + comment;
  }
  return names;
}
