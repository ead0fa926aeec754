// SHA-256 (FIPS 180-4), for checking the engine before it runs. WebCrypto is missing on plain http, and the
// engine cannot check itself.

// The first 32 bits of the fractional parts of the cube roots (K) and square roots (H) of the first primes.
const K = [];
const H = [];
for (let n = 2; K.length < 64; n += 1) {
  if (isPrime(n)) {
    if (H.length < 8) H.push(fraction(Math.sqrt(n)));
    K.push(fraction(Math.cbrt(n)));
  }
}

function isPrime(n) {
  for (let d = 2; d * d <= n; d += 1) if (n % d === 0) return false;
  return true;
}

function fraction(x) {
  return Math.floor((x - Math.floor(x)) * 0x100000000) | 0;
}

const turn = (x, n) => (x >>> n) | (x << (32 - n));

/** The SHA-256 of `bytes` (a Uint8Array under 256 MB) in lower-case hexadecimal. */
export function sha256(bytes) {
  const blocks = Math.ceil((bytes.length + 9) / 64);
  const padded = new Uint8Array(blocks * 64);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(bytes.length / 0x20000000));
  view.setUint32(padded.length - 4, bytes.length << 3);

  const state = Int32Array.from(H);
  const w = new Int32Array(64);
  for (let at = 0; at < padded.length; at += 64) compress(state, w, view, at);
  return Array.from(state, (word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
}

function compress(state, w, view, at) {
  for (let i = 0; i < 16; i += 1) w[i] = view.getInt32(at + i * 4);
  for (let i = 16; i < 64; i += 1) {
    const s0 = turn(w[i - 15], 7) ^ turn(w[i - 15], 18) ^ (w[i - 15] >>> 3);
    const s1 = turn(w[i - 2], 17) ^ turn(w[i - 2], 19) ^ (w[i - 2] >>> 10);
    w[i] = w[i - 16] + s0 + w[i - 7] + s1;
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < 64; i += 1) {
    const s1 = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
    const s0 = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, i) => {
    state[i] += word;
  });
}
