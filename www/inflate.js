// gzip (RFC 1952, with DEFLATE of RFC 1951) read by script, for browsers that have no DecompressionStream: Firefox before
// 113, Safari before 16.4. What it gives is as good as what it gets: everything that is packed is known by its hash.

/** Codes whose values go up in steps of 1, 2, 4…, as many of a step as `group` (RFC 1951, section 3.2.5). */
function ladder(first, group, count) {
  const steps = [];
  let base = first;
  for (let i = 0; i < count; i += 1) {
    const extra = Math.max(0, Math.floor(i / group) - 1);
    steps.push({ base, extra });
    base += 1 << extra;
  }
  return steps;
}

const LENGTHS = [...ladder(3, 4, 28), { base: 258, extra: 0 }];
const DISTANCES = ladder(1, 2, 30);

/** The order in which the lengths of code-length codes stand (RFC 1951, section 3.2.7). */
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** A Huffman code: how many codes there are of each length, and their symbols in order (RFC 1951, section 3.2.2). */
function code(lengths) {
  const counts = new Uint16Array(16);
  const symbols = [];
  for (let length = 1; length < 16; length += 1) {
    lengths.forEach((its, symbol) => {
      if (its !== length) return;
      counts[length] += 1;
      symbols.push(symbol);
    });
  }
  return { counts, symbols };
}

const repeated = (length, count) => new Array(count).fill(length);
const FIXED = {
  literals: code([...repeated(8, 144), ...repeated(9, 112), ...repeated(7, 24), ...repeated(8, 8)]),
  distances: code(repeated(5, 30)),
};

function damaged() {
  throw new Error("what was packed cannot be unpacked");
}

/** The bytes of `packed`, bit by bit, from the byte `at`. */
function bitsOf(packed, at) {
  let bit = 0;
  const one = () => {
    if (at >= packed.length) damaged();
    const value = (packed[at] >> bit) & 1;
    bit += 1;
    if (bit === 8) {
      bit = 0;
      at += 1;
    }
    return value;
  };
  return {
    many(count) {
      let value = 0;
      for (let i = 0; i < count; i += 1) value |= one() << i;
      return value;
    },
    symbol({ counts, symbols }) {
      let [value, first, place] = [0, 0, 0];
      for (let length = 1; length < 16; length += 1) {
        value |= one();
        const count = counts[length];
        if (value - first < count) return symbols[place + value - first];
        place += count;
        first = (first + count) << 1;
        value <<= 1;
      }
      return damaged();
    },
    /** A stored block begins at a whole byte. */
    bytes(count) {
      if (bit > 0) at += 1;
      bit = 0;
      const found = packed.subarray(at, at + count);
      at += count;
      return found;
    },
  };
}

function codes(bits) {
  const [literals, distances, order] = [bits.many(5) + 257, bits.many(5) + 1, bits.many(4) + 4];
  const short = repeated(0, 19);
  for (const place of ORDER.slice(0, order)) short[place] = bits.many(3);
  const lengths = [];
  const own = code(short);
  while (lengths.length < literals + distances) {
    const symbol = bits.symbol(own);
    if (symbol < 16) lengths.push(symbol);
    else if (symbol === 16) lengths.push(...repeated(lengths[lengths.length - 1], 3 + bits.many(2)));
    else lengths.push(...repeated(0, symbol === 17 ? 3 + bits.many(3) : 11 + bits.many(7)));
  }
  return { literals: code(lengths.slice(0, literals)), distances: code(lengths.slice(literals)) };
}

/** One block of symbols, after the `end` bytes that `out` has; how many it has then. */
function block(bits, { literals, distances }, out, end) {
  for (;;) {
    const symbol = bits.symbol(literals);
    if (symbol === 256) return end;
    if (symbol < 256) {
      out[end] = symbol;
      end += 1;
      continue;
    }
    const length = LENGTHS[symbol - 257] ?? damaged();
    const past = end + length.base + bits.many(length.extra);
    const distance = DISTANCES[bits.symbol(distances)] ?? damaged();
    const back = distance.base + bits.many(distance.extra);
    if (back > end || past > out.length) damaged();
    for (; end < past; end += 1) out[end] = out[end - back];
  }
}

/** gzip of one member, with no name and no extra field, as the build writes it → what is in it. */
export function gunzip(packed) {
  const [one, two, method, flags] = packed;
  if (one !== 0x1f || two !== 0x8b || method !== 8 || flags !== 0 || packed.length < 18) damaged();
  const size = new DataView(packed.buffer, packed.byteOffset + packed.length - 4).getUint32(0, true);
  const out = new Uint8Array(size);
  const bits = bitsOf(packed, 10);
  let end = 0;
  let last = 0;
  while (!last) {
    last = bits.many(1);
    const kind = bits.many(2);
    if (kind === 0) {
      const header = bits.bytes(4);
      const stored = bits.bytes(header[0] | (header[1] << 8));
      if (end + stored.length > size) damaged();
      out.set(stored, end);
      end += stored.length;
    } else {
      end = block(bits, kind === 1 ? FIXED : codes(bits), out, end);
    }
  }
  if (end !== size) damaged();
  return out;
}
